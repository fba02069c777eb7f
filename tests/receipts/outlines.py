"""A second drawer of letters, straight from a font's outlines, to hold the pictures of papers against."""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

Point = tuple[float, float]
_FINE = 6
"""Dots a dot while drawing."""
_STEPS = 8
"""Straight pieces a curve."""


class Outlines:
    """The letters of one font file."""

    def __init__(self, file: Path) -> None:
        font = TTFont(file)
        self._glyphs = font.getGlyphSet()
        self._names = font.getBestCmap()
        self._em: int = font["head"].unitsPerEm

    def picture(self, letter: str, side: int, left: int, base: int, size: float) -> Image.Image:
        """Return a grey square of `side` dots with `letter` at (left, base), its em `size` dots."""
        fine = Image.new("L", (side * _FINE, side * _FINE), 255)
        draw = ImageDraw.Draw(fine)
        scale = size / self._em * _FINE
        contours = self._contours(letter)
        # TrueType fills what runs clockwise; the holes come after it.
        for contour in sorted(contours, key=_area):
            points = [(left * _FINE + x * scale, base * _FINE - y * scale) for x, y in contour]
            draw.polygon(points, fill=0 if _area(contour) < 0 else 255)
        return fine.reduce(_FINE)

    def _contours(self, letter: str) -> list[list[Point]]:
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[self._names[ord(letter)]].draw(pen)
        contours: list[list[Point]] = []
        for verb, points in pen.value:
            if verb == "moveTo":
                contours.append([points[0]])
            elif verb == "lineTo":
                contours[-1].append(points[0])
            elif verb == "qCurveTo":
                for off, on in decomposeQuadraticSegment(points):
                    contours[-1].extend(_curve(contours[-1][-1], off, on))
        return contours


def _curve(start: Point, off: Point, end: Point) -> list[Point]:
    """Return the points of a quadratic curve after its start."""
    found = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        found.append((a * start[0] + b * off[0] + c * end[0], a * start[1] + b * off[1] + c * end[1]))
    return found


def _area(contour: list[Point]) -> float:
    """Return twice the signed area; negative runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(contour, contour[1:] + contour[:1], strict=True))
