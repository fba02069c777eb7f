"""ESC/POS, the few commands that every receipt printer knows: reset, a picture (GS v 0), feed, cut, status.

Source: Epson, ESC/POS command reference (ESC @, GS v 0, ESC d, GS V, DLE EOT).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

RESET: Final = b"\x1b@"
FEED: Final = b"\x1bd\x06"
"""Six lines: the last line of the picture comes out past the knife."""
CUT: Final = b"\x1dV\x00"
_BAND_ROWS = 256
"""A picture goes in bands: cheap printers have little memory for one."""

QUERIES: Final[tuple[bytes, ...]] = tuple(b"\x10\x04" + bytes([number]) for number in (1, 2, 3, 4))
"""DLE EOT 1 to 4: state, why it is offline, error, paper; each is answered by one byte, even offline."""


def job_bytes(picture: Image) -> bytes:
    """Return the bytes that print `picture` (one bit a dot, 0 is black) and cut the paper behind it."""
    return RESET + raster(picture) + FEED + CUT


def raster(picture: Image) -> bytes:
    """Return `picture` as GS v 0 commands, band under band without a gap; no row and no dot is left out."""
    width, height = picture.size
    in_a_row = (width + 7) // 8
    # In a picture of one bit 0 is black, at the printer 1 is.
    rows = bytes(255 - byte for byte in picture.convert("1").tobytes())
    spare = in_a_row * 8 - width
    bands = []
    for top in range(0, height, _BAND_ROWS):
        count = min(_BAND_ROWS, height - top)
        band = rows[top * in_a_row : (top + count) * in_a_row]
        if spare:
            band = _without_spare(band, in_a_row, spare)
        head = b"\x1dv0\x00" + in_a_row.to_bytes(2, "little") + count.to_bytes(2, "little")
        bands.append(head + band)
    return b"".join(bands)


def _without_spare(band: bytes, in_a_row: int, spare: int) -> bytes:
    """Return `band` with the bits beyond the picture's width white."""
    keep = 0xFF << spare & 0xFF
    cleared = bytearray(band)
    for last in range(in_a_row - 1, len(cleared), in_a_row):
        cleared[last] &= keep
    return bytes(cleared)


class DeviceState(NamedTuple):
    """What a printer says of itself."""

    is_offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    error: bool = False
    """The knife, the head, the supply: nothing prints until somebody looks."""

    @property
    def is_ready(self) -> bool:
        """Whether a paper would come out; a roll that is nearly empty still prints."""
        return not (self.is_offline or self.cover_open or self.paper_out or self.error)


def device_state(replies: bytes) -> DeviceState | None:
    """Return the state that the four replies to QUERIES tell, None where they are none of ESC/POS's.

    Every reply has bits 1 and 4 set and bits 0 and 7 clear; a printer that is no such printer answers otherwise.
    """
    if len(replies) != len(QUERIES) or any(reply & 0x93 != 0x12 for reply in replies):
        return None
    state, offline, error, paper = replies
    return DeviceState(
        is_offline=bool(state & 0x08),
        cover_open=bool(offline & 0x04),
        paper_out=bool(offline & 0x20 or paper & 0x60),
        paper_low=bool(paper & 0x0C),
        error=bool(offline & 0x40 or error & 0x68),
    )
