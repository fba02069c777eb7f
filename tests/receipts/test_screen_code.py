"""QR codes on a screen: read by a camera whatever the gap between lines, in as few lines as a terminal has."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageDraw

from desk.rules.proof import qr_text, short_digits
from receipts.qr import LONGEST_HOST
from receipts.screen_code import Cell, full_blocks, half_blocks, screen_cells, screen_matrix
from tests.desk.rules.test_proof import PROOF
from tests.receipts.test_qr import URL, read

SHORT = short_digits(PROOF.tracking)


def screen_of(cells: list[list[Cell]], width: int, height: int, gap: int) -> Image.Image:
    """Return a terminal's picture: a gap between lines shows each cell's background, as terminals do."""
    picture = Image.new("L", (width * len(cells[0]), (height + gap) * len(cells)), 128)
    draw = ImageDraw.Draw(picture)
    for line, row in enumerate(cells):
        for column, (sign, fore, back) in enumerate(row):
            left, top = column * width, line * (height + gap)
            draw.rectangle((left, top, left + width - 1, top + height + gap - 1), fill=0 if back else 255)
            drawn_to = height // 2 if sign == "▀" else height
            draw.rectangle((left, top, left + width - 1, top + drawn_to - 1), fill=0 if fore else 255)
    return picture


@pytest.mark.parametrize("gap", range(7))
@pytest.mark.parametrize(("width", "height"), [(8, 16), (9, 18), (10, 21)])
def test_the_short_form_is_read_from_a_screen_with_any_line_gap(width: int, height: int, gap: int) -> None:
    assert read(screen_of(screen_cells(URL, SHORT), width, height, gap)) == qr_text(URL, SHORT)


def test_the_short_form_fits_a_terminal_of_80_by_23() -> None:
    cells = screen_cells(URL, SHORT)
    assert (len(cells), len(cells[0])) == (17, 33)
    longest = screen_cells(f"https://{'a' * LONGEST_HOST}/t/", SHORT)
    assert len(longest) <= 23
    assert read(screen_of(longest, 10, 20, 2)) == qr_text(f"https://{'a' * LONGEST_HOST}/t/", SHORT)


@pytest.mark.parametrize("gap", [0, 2])
def test_a_console_without_half_blocks_shows_the_digits_alone(gap: int) -> None:
    cells = screen_cells(URL, SHORT, console=True)
    assert (len(cells), len(cells[0])) == (23, 46)
    assert {sign for row in cells for sign, _, _ in row} == {"█"}
    assert read(screen_of(cells, 8, 16, gap)) == SHORT


def test_every_module_stands_in_the_cells_once() -> None:
    matrix = screen_matrix(SHORT)
    assert matrix is not None
    upper_and_lower = [
        row
        for line in half_blocks(matrix, quiet=0)
        for row in ([fore for _, fore, _ in line], [back for _, _, back in line])
    ]
    assert [tuple(row) for row in upper_and_lower][: len(matrix)] == list(matrix)
    assert [tuple(fore for _, fore, _ in line)[::2] for line in full_blocks(matrix, 0)] == list(matrix)


@pytest.mark.parametrize("text", ["", "https://small.letters/1", "HTTPS://ĐỊA-CHỈ/T/1", "HTTPS://A_B/T/1"])
def test_other_signs_than_capitals_and_digits_make_no_code(text: str) -> None:
    assert screen_matrix(text) is None


def test_a_library_that_always_stumbles_gives_no_cells_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from qrcode.main import QRCode

    def stumbling(self: Any, fit: bool = True) -> None:
        raise ValueError("glog(0)")

    monkeypatch.setattr(QRCode, "make", stumbling)
    assert screen_cells(URL, SHORT) == []
