"""The slip drawn dot by dot, as long as its content and no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from receipts.content import PaperContent, texts_of
from receipts.qr import QUIET_MODULES, Matrix, paper_matrix
from receipts.short_form import Bar, Part, Passage, Rule, Size, Square
from receipts.typeface import Style, Typeface, typeface_for
from receipts.wrapping import Run, balanced, wrapped

if TYPE_CHECKING:
    from PIL.Image import Image

PaperWidth = Literal[58, 80]
"""Millimetres of the roll."""
DOTS: dict[PaperWidth, int] = {58: 384, 80: 576}
"""What a head of 203 dots an inch prints across them."""
MODULE_DOTS = 4
"""0.5 mm a module (decisions on the proof)."""

_SIDE = 6
"""Dots left free at each side: heads are not always where the paper is."""
_SIZES: dict[Size, int] = {"small": 22, "body": 26, "large": 34}
_WIDEST = 52
_LEADING = 1.18
_ASCENT = 0.9
_GAP = 6
_BAR = 48
_BLACK_BELOW = 150
"""Grey darker than this becomes a dot: thin strokes of a serif stay whole."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Runs side by side on one line."""

    runs: Sequence[Run]
    left: float
    base: int
    size: int


@dataclass(frozen=True, slots=True)
class _Line:
    top: int


@dataclass(frozen=True, slots=True)
class _Bar:
    top: int


@dataclass(frozen=True, slots=True)
class _Code:
    left: int
    top: int
    matrix: Matrix


_Mark = _Words | _Line | _Bar | _Code


class _DotFace:
    """The typeface's letters as a receipt printer gets them: each begins on a whole dot."""

    def __init__(self, face: Typeface) -> None:
        self._face = face

    def width_pt(self, text: str, style: Style, size_pt: float) -> float:
        """Return the width of `text` in dots."""
        return float(self.font(style, round(size_pt)).getlength(text))

    def font(self, style: Style, size: int) -> Any:
        """Return the letters of `style`, `size` dots high."""
        return _font(self._face.file(style), size)


class _Strip:
    """Parts laid out under one another, in dots."""

    def __init__(self, width: int, face: _DotFace) -> None:
        self.width = width
        self.face = face
        self.height = _GAP  # marks over capitals reach above their line
        self.marks: list[_Mark] = []

    @property
    def room(self) -> int:
        return self.width - 2 * _SIDE

    def add(self, part: Part) -> None:
        """Lay `part` under what is there."""
        if isinstance(part, Passage):
            self._passage(part)
        elif isinstance(part, Rule):
            self.marks.append(_Line(self.height + _GAP))
            self.height += 2 * _GAP + 2
        elif isinstance(part, Bar):
            self.marks.append(_Bar(self.height + _GAP))
            self.height += _BAR + 2 * _GAP
        elif isinstance(part, Square):
            self._square(part)
        else:
            self._wide(part.text)

    def _passage(self, part: Passage) -> None:
        size = _SIZES[part.size]
        breaking = balanced if part.is_centred else wrapped
        for line in breaking(part.runs, self.room, self.face, size):
            self._line(line, size, is_centred=part.is_centred)

    def _wide(self, text: str) -> None:
        """A code is one line as large as fits; one too long for the smallest letters is broken."""
        for size in range(_WIDEST, _SIZES["small"] - 1, -1):
            if self.face.width_pt(text, "bold", size) <= self.room:
                self._line([Run(text, "bold")], size, is_centred=True)
                return
        self._passage(Passage((Run(text, "bold"),), "body", True))

    def _line(self, runs: Sequence[Run], size: int, *, is_centred: bool) -> None:
        width = sum(self.face.width_pt(run.text, run.style, size) for run in runs)
        left = _SIDE + int((self.room - width) / 2) if is_centred else _SIDE
        self.marks.append(_Words(runs, left, self.height + round(_ASCENT * size), size))
        self.height += round(_LEADING * size)

    def _square(self, part: Square) -> None:
        matrix = paper_matrix(part.text)
        if matrix is None:
            return  # the digits and the dossier's code stand beside it
        side = (len(matrix) + 2 * QUIET_MODULES) * MODULE_DOTS
        self.marks.append(_Code((self.width - side) // 2, self.height, matrix))
        self.height += side


def picture_of(content: PaperContent, parts: Sequence[Part], width_mm: PaperWidth) -> Image:
    """Return the `parts` of a paper as a picture of one bit a dot, 0 is black.

    width_mm: of the roll; the height follows from the content. Raises LettersMissing, ValueError where a code
    is wider than the paper.
    """
    strip = _Strip(DOTS[width_mm], _DotFace(typeface_for(texts_of(content))))
    for part in parts:
        strip.add(part)
    return _drawn(strip)


def _drawn(strip: _Strip) -> Image:
    # Pillow: 20 ms and 8 MB, paid with the first slip on such paper
    from PIL import Image, ImageDraw

    grey = Image.new("L", (strip.width, strip.height), 255)
    pen = ImageDraw.Draw(grey)
    for mark in strip.marks:
        _put(pen, mark, strip)
    return grey.point(lambda level: 0 if level < _BLACK_BELOW else 255).convert("1", dither=Image.Dither.NONE)


def _put(pen: Any, mark: _Mark, strip: _Strip) -> None:
    if isinstance(mark, _Words):
        left = mark.left
        for run in mark.runs:
            pen.text((left, mark.base), run.text, 0, strip.face.font(run.style, mark.size), anchor="ls")
            left += strip.face.width_pt(run.text, run.style, mark.size)
    elif isinstance(mark, _Line):
        pen.rectangle((_SIDE, mark.top, strip.width - _SIDE - 1, mark.top + 1), 0)
    elif isinstance(mark, _Bar):
        pen.rectangle((0, mark.top, strip.width - 1, mark.top + _BAR - 1), 0)
    else:
        _put_code(pen, mark)


def _put_code(pen: Any, mark: _Code) -> None:
    if mark.left < 0:
        raise ValueError("a code wider than the paper")
    quiet = QUIET_MODULES * MODULE_DOTS
    for row, modules in enumerate(mark.matrix):
        top = mark.top + quiet + row * MODULE_DOTS
        for column, dark in enumerate(modules):
            if dark:
                left = mark.left + quiet + column * MODULE_DOTS
                pen.rectangle((left, top, left + MODULE_DOTS - 1, top + MODULE_DOTS - 1), 0)


@lru_cache(maxsize=32)
def _font(file: str, size: int) -> Any:
    from PIL import ImageFont

    # the basic engine: the other depends on an optional library of the machine and would change the picture
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
