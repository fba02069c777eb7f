"""QR codes: read back by a reader, sized as promised, and never the reason for a lost paper."""

from __future__ import annotations

from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from desk.keys import SigningKey
from desk.rules.proof import qr_text, short_digits, signed_digits
from receipts.qr import (
    LONGEST_HOST,
    Cell,
    Matrix,
    full_blocks,
    half_blocks,
    paper_matrix,
    screen_cells,
    screen_matrix,
)
from tests.desk.rules.test_proof import PROOF

DIGITS = signed_digits(PROOF, SigningKey.make(bytes(range(32))))
URL = "https://dvc.quangninh.gov.vn/t/"
SHORT = short_digits(PROOF.tracking)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    paper_matrix.cache_clear()


def read(picture: Image.Image) -> str:
    found = zxingcpp.read_barcode(picture)
    return found.text if found else ""


def picture_of(matrix: Matrix, dots: int = 4) -> Image.Image:
    side = (len(matrix) + 8) * dots
    picture = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(picture)
    for y, row in enumerate(matrix, start=4):
        for x, dark in enumerate(row, start=4):
            if dark:
                draw.rectangle((x * dots, y * dots, x * dots + dots - 1, y * dots + dots - 1), fill=0)
    return picture


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


@pytest.mark.parametrize(
    ("host", "modules"), [("a" * 21, 45), ("a" * 22, 49), ("a" * LONGEST_HOST, 49), ("127.0.0.1:8000", 45)]
)
def test_a_paper_carries_version_7_and_from_22_characters_of_host_version_8(host: str, modules: int) -> None:
    text = qr_text(f"https://{host}/t/", DIGITS)
    matrix = paper_matrix(text)
    assert matrix is not None
    assert len(matrix) == modules
    assert read(picture_of(matrix)) == text


def test_before_enrolment_the_digits_stand_alone_in_version_7() -> None:
    matrix = paper_matrix(DIGITS)
    assert matrix is not None
    assert len(matrix) == 45
    assert read(picture_of(matrix)) == DIGITS


@pytest.mark.parametrize("text", ["", "https://small.letters/1", "HTTPS://ĐỊA-CHỈ/T/1", "HTTPS://A_B/T/1"])
def test_other_signs_than_capitals_and_digits_make_no_code(text: str) -> None:
    assert paper_matrix(text) is None
    assert screen_matrix(text) is None


def test_a_host_too_long_makes_no_code() -> None:
    assert paper_matrix(qr_text(f"https://{'a' * (LONGEST_HOST + 1)}/t/", DIGITS)) is None


@pytest.mark.parametrize("zeros", [20, 74, 80, 120, 160, 234])
def test_long_runs_of_zeros_do_no_harm(zeros: int) -> None:
    text = qr_text(URL, "1" * (236 - zeros) + "0" * zeros)
    matrix = paper_matrix(text)
    if matrix is not None:
        assert read(picture_of(matrix)) == text


def test_a_library_that_stumbles_once_is_asked_with_the_next_mask(monkeypatch: pytest.MonkeyPatch) -> None:
    from qrcode.main import QRCode

    real = QRCode.make
    masks: list[int] = []

    def stumbling(self: Any, fit: bool = True) -> None:
        masks.append(self.mask_pattern)
        if len(masks) == 1:
            raise ValueError("glog(0)")
        real(self, fit)

    monkeypatch.setattr(QRCode, "make", stumbling)
    matrix = paper_matrix(qr_text(URL, DIGITS))
    assert matrix is not None
    assert masks == [2, 3]
    assert read(picture_of(matrix)) == qr_text(URL, DIGITS)


def test_a_library_that_always_stumbles_gives_no_code_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from qrcode.main import QRCode

    def stumbling(self: Any, fit: bool = True) -> None:
        raise ValueError("glog(0)")

    monkeypatch.setattr(QRCode, "make", stumbling)
    assert paper_matrix(qr_text(URL, DIGITS)) is None
    assert screen_cells(URL, SHORT) == []


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
