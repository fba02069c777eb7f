"""What the terminal can show: six profiles, and how a line is made fit for each before it is written.

A filter looks at every line of every widget once it is drawn, so that no screen knows in which profile it stands.
Nothing of this is stored: it is how the screen looks, never what is kept or printed.

Source of what a Linux console shows: of the console fonts of Debian only Vietnamese-Fixed 13, 15, 16 and 18 have all
Vietnamese letters; `_SIGNS` are the other signs that are in all four of them and in use here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from screens.theme import THEMES

Name = Literal["full", "16", "mono", "console", "ascii", "contrast"]
NAMES: Final[tuple[Name, ...]] = get_args(Name)

_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_SIGNS: Final = "·–—…×•“”‘’←↑→↓─│┌┐└┘├┤┬┴┼━┃┏┓┗┛═║╔╗╚╝█░▒■▲▶▼◀●°§"


def _letters() -> frozenset[str]:
    """Return every Vietnamese letter that is not ASCII, in both cases."""
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *_TONES)} | {"đ"}
    return frozenset(letter for one in small for letter in (one, one.upper()) if not letter.isascii())


LETTERS: Final = _letters()
CONSOLE: Final = LETTERS | frozenset(_SIGNS)
"""What a console with one of the four fonts shows besides ASCII."""

_CONSOLE_FOR: Final[Mapping[str, str]] = {
    **dict.fromkeys("▀▄▁▔▂▃", "─"),
    **dict.fromkeys("▌▐▊▎▏▕▍▋▉▸", "│"),
    "▓": "▒",
    "✓": "x",
    "►": ">",
    "╭": "┌",
    "╮": "┐",
    "╰": "└",
    "╯": "┘",
}
_ASCII_FOR: Final[Mapping[str, str]] = {
    **dict.fromkeys("─━═▀▄▁▔▂▃–—", "-"),
    **dict.fromkeys("│┃║▌▐▊▎▏▕▍▋▉", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼┏┓┗┛╔╗╚╝╭╮╰╯", "+"),
    **dict.fromkeys("█▓▒■", "#"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    "░": ".",
    "·": ".",
    "…": ".",
    "×": "x",
    "•": "*",
    "●": "*",
    "✓": "x",
    "°": "o",
    "§": "S",
    "→": ">",
    "►": ">",
    "▶": ">",
    "▸": ">",
    "←": "<",
    "◀": "<",
    "↑": "^",
    "▲": "^",
    "↓": "v",
    "▼": "v",
    "đ": "d",
    "Đ": "D",
}


class _Letters(LineFilter):
    """Puts a letter that the terminal has in the place of each one that it lacks; the width stays."""

    def __init__(self, kept: frozenset[str], instead: Mapping[str, str]) -> None:
        super().__init__()
        self._fit = lru_cache(4096)(lambda text: _fitting(text, kept, instead))

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with other letters."""
        return [
            segment if segment.text.isascii() else Segment(self._fit(segment.text), segment.style, segment.control)
            for segment in segments
        ]


def _fitting(text: str, kept: frozenset[str], instead: Mapping[str, str]) -> str:
    return "".join(one if one.isascii() or one in kept else _other(one, instead) for one in text)


def _other(one: str, instead: Mapping[str, str]) -> str:
    """Return as many cells as `one` takes: its place-holder, its bare letter, or question marks."""
    if one in instead:
        return instead[one]
    bare = unicodedata.normalize("NFD", one)[0]
    return bare if bare.isascii() and bare.isprintable() else "?" * cell_len(one)


class _Sixteen(LineFilter):
    """Names each colour by the nearest of the eight that every terminal has."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with named colours."""
        return [Segment(text, _named(style), control) for text, style, control in segments]


@lru_cache(4096)
def _named(style: Style | None) -> Style | None:
    if style is None:
        return None
    letters, behind = _of_eight(style.color), _of_eight(style.bgcolor)
    if letters is not None and letters == behind:  # two shades of one name: what is written must be read
        letters = RichColor.from_ansi(0 if behind != RichColor.from_ansi(0) else 7)
    return style + Style.from_color(letters, behind)


def _of_eight(colour: RichColor | None) -> RichColor | None:
    if colour is None or colour.is_default:
        return colour
    number = colour.downgrade(ColorSystem.STANDARD).number or 0
    return RichColor.from_ansi(7 if number == 8 else number % 8)  # dark grey would not be seen on black


class _Mono(LineFilter):
    """Takes every colour away; letters on something light are reversed."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        return [Segment(text, _colourless(style), control) for text, style, control in segments]


_LIGHT: Final = 0.35
"""From this brightness on (0 to 1) what is behind the letters counts as light."""


@lru_cache(4096)
def _colourless(style: Style | None) -> Style | None:
    if style is None:
        return None
    behind = style.bgcolor
    is_light = behind is not None and not behind.is_default and Color.from_rich_color(behind).brightness >= _LIGHT
    return Style(
        bold=style.bold, underline=style.underline, reverse=bool(style.reverse) != is_light, meta=style.meta or None
    )


class Profile(NamedTuple):
    """How the screens look on one kind of terminal."""

    name: Name
    theme: str
    filters: tuple[LineFilter, ...] = ()
    has_half_blocks: bool = True
    """Whether a code for telephones can stand in half blocks."""
    has_accents: bool = True
    """False: names are shown without their accents, and the first line says so."""


_FILTERS: Final[Mapping[Name, tuple[LineFilter, ...]]] = {
    "full": (),
    "16": (_Sixteen(),),
    "mono": (_Mono(),),
    "console": (_Letters(CONSOLE, _CONSOLE_FOR), _Sixteen()),
    "ascii": (_Letters(frozenset(), _ASCII_FOR), _Mono()),
    "contrast": (),
}

PROFILES: Final[Mapping[Name, Profile]] = {
    name: Profile(name, THEMES[name].name, _FILTERS[name], name not in ("console", "ascii"), name != "ascii")
    for name in NAMES
}


def profile_of(setting: str, environment: Mapping[str, str]) -> Profile:
    """Return the profile of the settings, or for `auto` the one that the terminal's own words ask for.

    environment: TERM, COLORTERM and NO_COLOR are looked at (no-color.org; terminfo's names). Nothing in them tells
    whether the letters are there: `ascii` is chosen by hand.
    """
    for name in NAMES:
        if name == setting:
            return PROFILES[name]
    terminal = environment.get("TERM", "")
    if terminal == "linux":
        return PROFILES["console"]
    if environment.get("NO_COLOR") or terminal.startswith("vt"):
        return PROFILES["mono"]
    many = environment.get("COLORTERM", "") in ("truecolor", "24bit") or terminal in ("", "xterm-kitty", "alacritty")
    if many or any(word in terminal for word in ("256color", "direct", "truecolor")):
        return PROFILES["full"]
    return PROFILES["16"]
