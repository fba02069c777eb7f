"""Terminal profiles: what is drawn is made of the letters and colours that the terminal has, on every screen."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorType
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from desk import settings as kept_settings
from desk.errors.store import HomeTaken
from screens.profiles import CONSOLE, LETTERS, NAMES, PROFILES, Name, profile_of
from tests.homes import PIN
from tests.screens.desks import Desk
from tests.screens.playing import Player, playing

IN_FONT = frozenset(
    "·–—…×•“”‘’←↑→↓─│┌┐└┘├┤┬┴┼━┃┏┓┗┛═║╔╗╚╝█░▒■▲▶▼◀●°§"  # of the unicode tables of Vietnamese-Fixed 13, 15, 16, 18
)


class Seen(LineFilter):
    """Sees every segment as the terminal gets it."""

    def __init__(self) -> None:
        super().__init__()
        self.segments: list[tuple[Segment, Color]] = []

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        self.segments += [(segment, background) for segment in segments]
        return segments

    def letters(self) -> set[str]:
        return {letter for segment, _behind in self.segments for letter in segment.text}


async def walk(officer: Player, desk: Desk) -> None:
    """Go through the workplaces as on a day, a dossier with accents among them."""
    await officer.type(PIN)
    await officer.press("f2")
    await officer.type("H'Hen Niê")
    await officer.press("enter", "f4", "escape", "f3")
    await officer.type("nguyen")
    await officer.press("enter", "f7", "escape", "f5", "escape", "ctrl+g", "escape", "f1", "escape")
    await officer.press("ctrl+g", "0")


async def drawn(desk: Desk, name: Name) -> Seen:
    """Return what is drawn on a walk in a profile."""
    desk.accept()
    seen = Seen()
    profile = PROFILES[name]._replace(filters=(*PROFILES[name].filters, seen))
    async with playing(desk.app(profile=profile)) as officer:
        await walk(officer, desk)
        assert officer.app.failures == []
    return seen


async def test_a_console_gets_only_letters_that_its_fonts_have(desk: Desk) -> None:
    letters = (await drawn(desk, "console")).letters()
    assert {one for one in letters if not one.isascii()} <= LETTERS | IN_FONT
    assert letters & LETTERS
    assert CONSOLE - LETTERS <= IN_FONT


async def test_without_accents_only_ascii_is_drawn_and_the_first_line_says_so(desk: Desk) -> None:
    desk.accept()
    async with playing(desk.app(profile=PROFILES["ascii"])) as officer:
        await officer.type(PIN)
        assert "without accents" in officer.screen()
        await officer.press("f3")
        await officer.type("nguyen")
    assert desk.services.lookup.newest(1)[0].owner == "Nguyễn Thị Lan"
    assert all(one.isascii() for one in (await drawn(desk, "ascii")).letters())


@pytest.mark.parametrize("name", ["16", "console"])
async def test_an_old_terminal_gets_the_eight_named_colours(desk: Desk, name: Name) -> None:
    colours = [
        colour
        for segment, _behind in (await drawn(desk, name)).segments
        if segment.style is not None
        for colour in (segment.style.color, segment.style.bgcolor)
        if colour is not None
    ]
    assert colours
    assert all(one.type is ColorType.STANDARD and (one.number or 0) < 8 for one in colours if not one.is_default)


@pytest.mark.parametrize("name", ["mono", "ascii"])
async def test_a_terminal_without_colours_gets_none_and_still_sees_where_the_cursor_is(desk: Desk, name: Name) -> None:
    styles = [segment.style for segment, _behind in (await drawn(desk, name)).segments if segment.style is not None]
    assert all(style.color is None and style.bgcolor is None for style in styles)
    assert any(style.reverse for style in styles)


async def test_strong_contrast_is_at_least_seven_to_one(desk: Desk) -> None:
    pairs = set()
    for segment, behind in (await drawn(desk, "contrast")).segments:
        style = segment.style
        if style is None or not segment.text.strip():
            continue
        letters = Color.from_rich_color(style.color) if style.color and not style.color.is_default else None
        under = Color.from_rich_color(style.bgcolor) if style.bgcolor and not style.bgcolor.is_default else behind
        if letters is not None:
            pairs.add((letters.rgb, under.rgb, segment.text.strip()[:20]))
    assert pairs
    poor = [pair for pair in pairs if ratio(pair[0], pair[1]) < 7]
    assert poor == []


def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(rgb: tuple[int, int, int]) -> float:
    red, green, blue = ((v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4) for v in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_another_profile_is_chosen_from_the_list_of_commands_and_seen_at_once(desk: Desk) -> None:
    async with playing(desk.app()) as officer:
        await officer.type(PIN)
        await officer.press("ctrl+g")
        await officer.type("terminal")
        await officer.press("enter")
        assert "Now: All colours." in officer.screen()
        await officer.press("5")
        assert officer.app.profile is PROFILES["ascii"]
        assert "without accents" in officer.screen()
        assert "Kept" in officer.said()
    assert kept_settings.load(desk.services.context.home).profile == "ascii"


async def test_a_desk_that_may_not_write_is_drawn_so_all_the_same_and_says_that_it_is_not_kept(desk: Desk) -> None:
    desk.services.context.log.closed = HomeTaken(since="08:00")
    async with playing(desk.app()) as officer:
        await officer.type(PIN)
        await officer.press("ctrl+g")
        await officer.type("terminal")
        await officer.press("enter", "3")
        assert officer.app.profile is PROFILES["mono"]
        assert "Kept" not in officer.said()
    assert kept_settings.load(desk.services.context.home).profile == "auto"


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(max_size=40))
def test_a_line_keeps_its_width(name: Name, text: str) -> None:
    segments = [Segment(text)]
    for each in PROFILES[name].filters:
        segments = each.apply(segments, Color(0, 0, 0))
    assert sum(cell_len(segment.text) for segment in segments) == cell_len(text)


@pytest.mark.parametrize(
    ("setting", "environment", "found"),
    [
        ("auto", {"TERM": "linux"}, "console"),
        ("auto", {"TERM": "xterm-256color"}, "full"),
        ("auto", {"TERM": "screen", "COLORTERM": "truecolor"}, "full"),
        ("auto", {"TERM": "xterm"}, "16"),
        ("auto", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "mono"),
        ("auto", {"TERM": "vt220"}, "mono"),
        ("auto", {}, "full"),
        ("contrast", {"TERM": "linux"}, "contrast"),
        ("ascii", {}, "ascii"),
    ],
)
def test_the_terminal_is_believed_unless_the_settings_say_otherwise(
    setting: str, environment: Mapping[str, str], found: str
) -> None:
    assert profile_of(setting, environment).name == found
