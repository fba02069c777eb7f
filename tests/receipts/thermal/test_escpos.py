"""The few commands: pictures of any size come back whole, and states are read as the printer meant them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from receipts.thermal.escpos import QUERIES, DeviceState, device_state, job_bytes, raster
from tests.receipts.fake_printers import (
    COVER_OPEN,
    KNIFE_STUCK,
    LOW_PAPER,
    OFFLINE,
    OUT_OF_PAPER,
    READY,
    decoded,
)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 80), st.integers(1, 700), st.randoms(use_true_random=False))
def test_a_picture_of_any_size_comes_back_dot_by_dot(width: int, height: int, dice: object) -> None:
    row = (width + 7) // 8
    picture = Image.frombytes("1", (width, height), dice.randbytes(row * height))  # type: ignore[attr-defined]  # a Random
    back = decoded(job_bytes(picture)).picture
    assert back.height == height
    assert back.crop((0, 0, width, height)).tobytes() == picture.copy().tobytes() == _padded(picture)
    beyond = back.crop((width, 0, row * 8, height)) if width % 8 else None
    assert beyond is None or beyond.convert("L").getextrema() == (255, 255)


def _padded(picture: Image.Image) -> bytes:
    """Return the bytes with the spare bits as the picture library itself writes them."""
    return picture.convert("L").convert("1", dither=Image.Dither.NONE).tobytes()


def test_black_is_one_at_the_printer() -> None:
    assert raster(Image.new("1", (8, 1), 0)).endswith(b"\xff")
    assert raster(Image.new("1", (8, 1), 1)).endswith(b"\x00")


@pytest.mark.parametrize(
    ("replies", "state"),
    [
        (READY, DeviceState()),
        (OFFLINE, DeviceState(is_offline=True)),
        (COVER_OPEN, DeviceState(is_offline=True, cover_open=True)),
        (OUT_OF_PAPER, DeviceState(is_offline=True, paper_out=True)),
        (LOW_PAPER, DeviceState(paper_low=True)),
        (KNIFE_STUCK, DeviceState(is_offline=True, error=True)),
    ],
)
def test_a_state_is_read(replies: bytes, state: DeviceState) -> None:
    assert device_state(replies) == state
    assert state.is_ready == (replies in (READY, LOW_PAPER))


@pytest.mark.parametrize("replies", [b"", READY[:3], READY + b"\x12", b"\x00\x00\x00\x00", b"OK\r\n", b"\xff" * 4])
def test_what_is_no_answer_is_none(replies: bytes) -> None:
    assert device_state(replies) is None


def test_four_questions_are_asked() -> None:
    assert QUERIES == (b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04")
