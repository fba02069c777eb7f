"""QR codes: read back by a reader, sized as promised, and never the reason for a lost paper."""

from __future__ import annotations

from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from desk.keys import SigningKey
from desk.rules.proof import qr_text, signed_digits
from receipts.qr import LONGEST_HOST, Matrix, paper_matrix
from tests.desk.rules.test_proof import PROOF

DIGITS = signed_digits(PROOF, SigningKey.make(bytes(range(32))))
URL = "https://dvc.quangninh.gov.vn/t/"


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
