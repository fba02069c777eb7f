"""The typeface a paper is drawn with: shipped, proved to have every letter of the paper before use."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from desk.errors.printing import LettersMissing, TypefaceMissing
from desk.text import clean

Style = Literal["regular", "bold", "italic", "bold_italic"]
STYLES: tuple[Style, ...] = ("regular", "bold", "italic", "bold_italic")

VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for base in "aăâeêioôơuưy"
    for letter in (base, base.upper())
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
) | frozenset("đĐ")
"""The 146 letters that carry Vietnamese: twelve vowels, six tones, two cases, and đ Đ."""

_UNKNOWN_WIDTH = 1000.0
_OWN = Path(__file__).with_name("fonts")
# Tinos, Liberation Serif from 2 and Times New Roman have the same widths, so no line breaks elsewhere.
# Liberation 1 lies under the same names and lacks 92 letters: the coverage check tells them apart.
_FAMILIES: tuple[tuple[str, str, str, str], ...] = (
    ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    (
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ),
    ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
)
_OWN_FILES = (
    "MotCuaSerif-Regular.ttf",
    "MotCuaSerif-Bold.ttf",
    "MotCuaSerif-Italic.ttf",
    "MotCuaSerif-BoldItalic.ttf",
)
_SYSTEM_FOLDERS = (
    "/usr/share/fonts/truetype/croscore",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts/liberation",
)


def drawn(text: str) -> str:
    """Return `text` as it is drawn: NFC (a typeface puts loose marks beside their letter), no control signs."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # nearly every text: it was cleaned at its entrance
    return clean(text)


class Typeface(NamedTuple):
    """Four styles of one family, ready for a PDF."""

    names: tuple[str, str, str, str]
    """Under which the PDF library knows regular, bold, italic, bold italic."""
    letters: frozenset[int]
    """What all four styles can draw."""

    def name(self, style: Style) -> str:
        """Return the name of `style` for the PDF library, which knows it from then on.

        Raises TypefaceMissing if its file cannot be read.
        """
        name = self.names[STYLES.index(style)]
        if name not in _WIDTHS and _letters(self.file(style)) is None:
            raise TypefaceMissing(where=self.file(style))
        return name

    def file(self, style: Style) -> str:
        """Return the path of the file that holds `style`."""
        name = self.names[STYLES.index(style)]
        return str(_OWN / f"{name}.ttf") if f"{name}.ttf" in _OWN_FILES else name

    def width_pt(self, text: str, style: Style, size_pt: float) -> float:
        """Return the width of `text` (already `drawn`) in points."""
        return _thousandths(self.name(style), text) * size_pt / 1000

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Return the letters of `texts` and of Vietnamese that it lacks, as U+ numbers in order."""
        needed = {ord(letter) for text in texts for letter in text} | {ord(letter) for letter in VIETNAMESE}
        return [f"U+{code:04X}" for code in sorted(needed - self.letters - {0x0A})]


_WIDTHS: dict[str, Mapping[int, float]] = {}
"""The width of each letter in thousandths of its size, by the name of the style."""


@lru_cache(maxsize=2048)  # a paper's words are measured several times, its fixed words on every paper
def _thousandths(name: str, text: str) -> float:
    widths = _WIDTHS[name]
    return sum([widths.get(code, _UNKNOWN_WIDTH) for code in map(ord, text)])


def typeface_for(texts: Iterable[str], folder: Path | None = None) -> Typeface:
    """Return the first typeface that has every letter of `texts`: ours, the one in `folder`, the system's.

    texts: already `drawn`. Raises LettersMissing with the letters that ours lacks if none has all of them,
    TypefaceMissing if ours cannot be read at all.
    """
    asked = list(texts)
    own = _family(tuple(str(_OWN / name) for name in _OWN_FILES))
    if own is None:
        raise TypefaceMissing(where=str(_OWN))
    lacking = own.missing(asked)
    if not lacking:
        return own
    for files in _candidates(folder):
        other = _family(files)
        if other is not None and not other.missing(asked):
            return other
    raise LettersMissing(letters=", ".join(lacking))


def _candidates(folder: Path | None) -> Iterable[tuple[str, ...]]:
    windows = os.environ.get("WINDIR")
    folders = [str(folder)] if folder else []
    folders += [str(Path(windows) / "Fonts")] if windows else []
    folders += _SYSTEM_FOLDERS
    for where in folders:
        for family in _FAMILIES:
            files = tuple(str(Path(where) / name) for name in family)
            if all(Path(file).is_file() for file in files):
                yield files


@lru_cache(maxsize=16)
def _family(files: tuple[str, ...]) -> Typeface | None:
    """Return the family in four files; None if one cannot be read.

    The styles of ours have the same letters, so that a style no paper has used yet need not be read.
    """
    is_own = Path(files[0]).parent == _OWN
    covered = [_letters(file) for file in (files[:1] if is_own else files)]
    if None in covered or not all(Path(file).is_file() for file in files):
        return None
    first, second, third, fourth = (Path(file).stem if is_own else file for file in files)
    return Typeface((first, second, third, fourth), frozenset.intersection(*filter(None, covered)))


@lru_cache(maxsize=64)
def _letters(file: str) -> frozenset[int] | None:
    """Return the letters of one style, registered with the PDF library; None if the file cannot be read."""
    # reportlab: 70 ms and 17 MB, paid with the first paper and not at the program's start.
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    name = Path(file).stem if Path(file).parent == _OWN else file
    try:
        # Shaping would depend on an optional library of the machine and change bytes between two of them;
        # without the readable ASCII part only the letters used go into the file.
        font = TTFont(name, file, asciiReadable=0, shapable=False)
    except (TTFError, OSError):
        return None
    registerFont(font)
    _WIDTHS[name] = font.face.charWidths
    return frozenset(font.face.charToGlyph)
