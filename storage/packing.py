"""Packs what goes between desk and center: zstd, and for small messages with a dictionary of what such messages say.

A lone event packs to half with it; from some hundred events on it gives nothing. A frame names its
dictionary, so each message says by itself how it is read. Whoever does not know the dictionary never gets one: the
center names its own in every answer, and a desk packs with it from then on. A dictionary that was shipped is never
changed; a better one (`python -m tests.dictionary`) gets the next number and the old one stays to be read.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import zstandard

NEWEST: Final = 40_001
"""The number of the dictionary that is packed with; private numbers of zstd begin at 32,768."""
KNOWN: Final = (NEWEST,)
SMALL: Final = 128 << 10
"""Only payloads up to so many bytes are packed with a dictionary."""
_LEVEL: Final = 3
_WINDOW_BYTES: Final = 8 << 20


def packed(payload: bytes, dictionary: int = 0) -> bytes:
    """Return `payload` packed; dictionary: the number of one that the reader has, 0 for none."""
    if dictionary in KNOWN and len(payload) <= SMALL:
        return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_dictionary(dictionary)).compress(payload)
    return zstandard.ZstdCompressor(level=_LEVEL).compress(payload)


def unpacked(frame: bytes, most: int) -> bytes:
    """Return what was packed, at most `most` bytes and one more; raises ValueError where it cannot be read."""
    try:
        number = zstandard.get_frame_parameters(frame).dict_id
        if number and number not in KNOWN:
            raise ValueError("packed with a dictionary that is not here")
        known = _dictionary(number) if number else None
        reading = zstandard.ZstdDecompressor(dict_data=known, max_window_size=_WINDOW_BYTES)
        with reading.stream_reader(frame) as reader:
            return reader.read(most + 1)
    except zstandard.ZstdError as error:
        raise ValueError("the payload cannot be unpacked") from error


def dictionary_of(frame: bytes) -> int:
    """Return the number of the dictionary that `frame` was packed with; 0 for none that is here."""
    try:
        number = zstandard.get_frame_parameters(frame).dict_id
    except zstandard.ZstdError:
        return 0
    return number if number in KNOWN else 0


def known(number: object) -> int:
    """Return `number` where it names a dictionary that is here, else 0."""
    return number if isinstance(number, int) and number in KNOWN else 0


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    data = resources.files("storage").joinpath(f"exchange-{number}.zdict").read_bytes()
    return zstandard.ZstdCompressionDict(data)
