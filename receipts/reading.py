"""Codes read from a scan, a photograph or a PDF: needs the extra `scan` (zxing-cpp, pypdfium2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desk.errors.causes import cause_of
from desk.errors.printing import PictureReaderMissing, PictureUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image

EXTRA = "scan"
_LARGEST_BYTES = 64 << 20
_MOST_PAGES = 20
_MOST_PIXELS = 60_000_000
"""A4 at 600 dots an inch has 35 million; more is no scan of a paper."""
_DPI = 300
_SCALES = (1.0, 0.5, 2.0)
"""A code that is not read as it stands often is at half the size (noise) or twice (a small picture)."""


def texts_in(path: Path) -> tuple[str, ...]:
    """Return the text of every QR code in a PDF (its first 20 pages) or a picture, each once, in order.

    Raises PictureReaderMissing where the extra is not installed, PictureUnreadable for any other file.
    """
    try:
        import pypdfium2  # noqa: F401  # both readers or none: the sentence names the one extra
        import zxingcpp
    except ImportError as error:
        raise PictureReaderMissing(extra=EXTRA) from error
    found: dict[str, None] = {}
    for picture in _pictures(path):
        for scale in _SCALES:
            size = round(picture.width * scale), round(picture.height * scale)
            if scale > 1 and size[0] * size[1] > _MOST_PIXELS // 4:
                continue
            looked_at = picture if scale == 1 else picture.resize(size)
            codes = [code.text for code in zxingcpp.read_barcodes(looked_at) if code.text]
            found.update(dict.fromkeys(codes))
            if codes:
                break
    return tuple(found)


def _pictures(path: Path) -> Iterator[Image]:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise PictureUnreadable(file=path.name, cause=f"> {_LARGEST_BYTES >> 20} MB")
        with path.open("rb") as file:
            beginning = file.read(1024)
    except OSError as error:
        raise PictureUnreadable(file=path.name, cause=cause_of(error)) from error
    yield from _pages(path) if b"%PDF-" in beginning else _frames(path)


def _pages(path: Path) -> Iterator[Image]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(min(len(document), _MOST_PAGES)):
                page = document[number]
                width, height = page.get_size()
                scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
                yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise PictureUnreadable(file=path.name, cause="PDF") from error


def _frames(path: Path) -> Iterator[Image]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PictureUnreadable(file=path.name, cause=f"{opened.width} x {opened.height}")
            yield opened.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureUnreadable(file=path.name, cause=type(error).__name__) from error
