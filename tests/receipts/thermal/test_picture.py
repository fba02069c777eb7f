"""The slip on thermal paper: every letter inside, no fixed height, a code that is read, the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from desk.errors.printing import LettersMissing
from desk.rules.proof import qr_text, signed_digits
from receipts.content import CertifiedDocument, DocumentLine
from receipts.short_form import Passage, slip_parts
from receipts.thermal import picture as drawing
from receipts.thermal import slip
from receipts.thermal.escpos import job_bytes
from receipts.thermal.picture import DOTS, PaperWidth
from receipts.thermal.slip import slip_picture
from receipts.typeface import VIETNAMESE, typeface_for
from receipts.wrapping import Run
from tests.receipts.fake_printers import decoded
from tests.receipts.list_samples import FOREIGNER
from tests.receipts.samples import BAO, KEY, LAN, LONG_NAME, PRACTICE_SLIP, PROOF, SLIP

both_widths = pytest.mark.parametrize("width", [58, 80])
FORTY = tuple(DocumentLine(f"{at}. {LONG_NAME[: 20 + 11 * at]}", copy=at) for at in range(1, 41))
LONGEST = replace(
    SLIP,
    procedure_name=LONG_NAME,
    submitter=replace(LAN, name=LONG_NAME[:300]),
    owner=FOREIGNER,
    documents=FORTY,
    code="000.00.31.15.H49-260905-1234567-000.00.31.15",
    qr_text=qr_text(f"https://{'a' * 65}/t/", signed_digits(PROOF, KEY)),
)


@both_widths
def test_the_bytes_decode_back_to_the_picture_bit_for_bit(width: PaperWidth) -> None:
    picture = slip_picture(SLIP, width)
    paper = decoded(job_bytes(picture))
    assert paper.picture.size == picture.size
    assert paper.picture.tobytes() == picture.tobytes()
    assert (paper.cuts, paper.feeds) == (1, 6)


@both_widths
@pytest.mark.parametrize("content", [SLIP, PRACTICE_SLIP, LONGEST], ids=["slip", "practice", "longest"])
def test_the_code_is_read_from_the_bytes(width: PaperWidth, content: Any) -> None:
    found = zxingcpp.read_barcode(decoded(slip.render(content, width)).picture.convert("L"))
    assert found is not None
    assert found.text == content.qr_text


@both_widths
def test_every_dot_lies_inside_and_the_last_line_is_there(width: PaperWidth) -> None:
    for content in (SLIP, LONGEST):
        picture = slip_picture(content, width)
        assert picture.width == DOTS[width]
        left, top, right, bottom = _inked(picture)
        assert left >= 3
        assert right <= DOTS[width] - 3
        assert 0 < top < 20
        assert picture.height - 24 < bottom < picture.height


def _inked(picture: Image.Image) -> tuple[int, int, int, int]:
    box = picture.convert("L").point(lambda level: 255 - level).getbbox()
    assert box is not None
    return box


@both_widths
def test_more_documents_make_a_longer_paper(width: PaperWidth) -> None:
    heights = [slip_picture(replace(SLIP, documents=FORTY[:count]), width).height for count in (0, 1, 10, 40)]
    assert heights == sorted(set(heights))


@both_widths
def test_one_content_gives_the_same_bytes(width: PaperWidth) -> None:
    assert slip.render(SLIP, width) == slip.render(SLIP, width)
    assert slip.render(replace(SLIP, officer="Lý Thị Mai"), width) != slip.render(SLIP, width)


@both_widths
def test_the_code_stands_in_whole_dots_with_its_quiet_zone(width: PaperWidth) -> None:
    picture = slip_picture(SLIP, width).convert("L")
    corners = zxingcpp.read_barcode(picture)
    assert corners is not None
    left, top = corners.position.top_left.x, corners.position.top_left.y
    right = corners.position.top_right.x
    assert abs((right - left) - 45 * 4) <= 3
    quiet = picture.crop((left - 15, top - 15, left - 1, top + 45 * 4 + 15))
    assert quiet.getextrema() == (255, 255)


def test_all_vietnamese_letters_are_drawn_apart() -> None:
    shapes: dict[bytes, list[str]] = {}
    face = drawing._DotFace(typeface_for([]))
    for letter in sorted(VIETNAMESE):
        strip = drawing._Strip(64, face)
        strip.add(Passage((Run(letter),)))
        shapes.setdefault(drawing._drawn(strip).tobytes(), []).append(letter)
    assert [letters for letters in shapes.values() if len(letters) > 1] == []


def test_a_letter_that_no_typeface_has_is_refused_before_printing() -> None:
    with pytest.raises(LettersMissing):
        slip.render(replace(SLIP, owner=replace(BAO, name="中文")), 58)


def test_a_reprint_practice_and_a_replaced_slip_say_so_first() -> None:
    again = replace(
        PRACTICE_SLIP, copy=2, reprinted_at=datetime(2026, 9, 7, 2, 5, tzinfo=UTC), reprinted_by="Hương", replaces=1
    )
    said = [part.text for part in slip_parts(again) if isinstance(part, Passage)]
    assert said[:3] == [
        "ĐÀO TẠO – KHÔNG CÓ GIÁ TRỊ",
        "BẢN IN LẠI LẦN 1 – 09 giờ 05, 07/09/2026, Hương",
        "THAY CHO BẢN 1 ĐÃ CẤP, BẢN ĐÓ KHÔNG CÒN GIÁ TRỊ",
    ]


def test_the_short_form_leaves_out_numbers_telephones_and_addresses_of_people() -> None:
    said = " ".join(part.text for part in slip_parts(SLIP) if isinstance(part, Passage))
    for absent in (LAN.personal_id, LAN.phone, LAN.email, "tổ 5"):
        assert absent not in said
    for there in ("Nguyễn Thị Lan", "Phạm Gia Bảo", "Đăng ký khai sinh", "17 giờ 00 phút", "(1 điện tử; khai thác"):
        assert there in said


def test_a_certification_is_counted_and_an_intake_without_papers_says_so() -> None:
    certified = replace(SLIP, certified=(CertifiedDocument("Bằng tốt nghiệp", 2, 5, 1),), documents=())
    said = " ".join(part.text for part in slip_parts(certified) if isinstance(part, Passage))
    assert "1. Bằng tốt nghiệp: 2 trang, 5 bản, 1 bản ký số" in said
    none = " ".join(part.text for part in slip_parts(replace(SLIP, documents=())) if isinstance(part, Passage))
    assert "Không có giấy tờ kèm theo." in none


def test_a_slip_is_printed_when_no_code_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "paper_matrix", lambda text: None)
    picture = slip_picture(SLIP, 58)
    assert zxingcpp.read_barcode(picture.convert("L")) is None
    assert picture.height > 1000


def test_a_code_wider_than_its_paper_is_no_silent_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "paper_matrix", lambda text: ((True,) * 97,) * 97)
    with pytest.raises(ValueError, match="wider"):
        slip_picture(SLIP, 58)
