"""The citizens' page: where a dossier stands, in plain words, and nothing personal, whatever was typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.keys import SigningKey, key_id, owner_tag
from desk.rules.proof import SlipProof, short_digits, signed_digits
from storage.center.center import Center
from storage.center.page import page
from storage.center.tracking import Standing, standing
from tests.storage.centers import join, new_center, sync
from tests.storage.desks import FIRST, NAMES, Desk, new_desk

MOVES = {
    "dossier.processing": "Đang xử lý",
    "dossier.supplement_requested": "Yêu cầu bổ sung giấy tờ",
    "dossier.payment_requested": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "dossier.withdrawal_requested": "Công dân yêu cầu rút hồ sơ",
    "dossier.stopped": "Dừng xử lý",
    "dossier.resolved": "Đã xử lý xong",
    "dossier.returned": "Đã trả kết quả",
}


@pytest.fixture
def synced(desk: Desk, tmp_path: Path) -> tuple[Desk, Center]:
    """A desk with one accepted dossier, which the center has."""
    center = new_center(tmp_path)
    join(desk, center)
    desk.accept(1)
    sync(desk, center)
    return desk, center


TRACKING = 10**15 + 1


def _proof(key: SigningKey, *, tracking: int = TRACKING, practice: bool = False, at: datetime = FIRST) -> str:
    proof = SlipProof(
        kind="slip",
        practice=practice,
        key_id=key_id(key.public),
        tracking=tracking,
        code_on=at.date(),
        serial=1,
        procedure=1001193,
        accepted_at=at,
        due_at=at + timedelta(days=3),
        copy=1,
        tag=owner_tag(b"salt", "022190000001"),
    )
    return signed_digits(proof, key)


def _text(found: Standing) -> str:
    """Return the page's words without its marks."""
    html = page(found, lambda unit: f"Phường <{unit}>")[1]
    return re.sub(r"<[^>]+>", "|", html)


def test_both_forms_of_the_digits_show_status_due_date_and_unit(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    for text in (short_digits(TRACKING), _proof(desk.key), f"HTTPS://TRACUU.VN/T/{short_digits(TRACKING)}"):
        found = standing(center.store, text)
        assert found == Standing("known", "accepted", "H49.35", FIRST + timedelta(days=3))
        words = _text(found)
        for expected in ("Được tiếp nhận", "Accepted", "08:00, 08/10/2026", "Phường &lt;H49.35&gt;"):
            assert expected in words


@pytest.mark.parametrize("kind", MOVES)
def test_every_status_is_said_in_both_languages(synced: tuple[Desk, Center], kind: str) -> None:
    desk, center = synced
    (_first, second) = desk.accept(2, then=(kind,))
    assert second
    sync(desk, center)
    found = standing(center.store, short_digits(TRACKING + 2))
    words = _text(found)
    assert MOVES[kind] in words
    assert (found.due_at is None) == (kind in ("dossier.stopped", "dossier.resolved", "dossier.returned"))
    assert words.count("|Hẹn trả kết quả:") == (0 if found.due_at is None else 1)


def test_the_page_holds_nothing_personal_and_nothing_that_acts(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    for text in (short_digits(TRACKING), _proof(desk.key), "x", _proof(desk.key, tracking=5)):
        status, html = page(standing(center.store, text))
        assert len(html.encode()) <= 15_000
        for secret in (*NAMES, "0221900", "0912345678", "H49.35-261005", "ghi chú", str(TRACKING)):
            assert secret not in html
        for forbidden in ("<script", "<a ", "<img", "<link", "<form", "http:", "https:"):
            assert forbidden not in html
        assert '<meta name="robots" content="noindex, nofollow">' in html
        assert status in (200, 404)


def test_a_paper_whose_dossier_was_not_sent_yet_is_said_to_be_genuine(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    found = standing(center.store, _proof(desk.key, tracking=77))
    assert found == Standing("not_here_yet", unit="H49.35")
    assert page(found)[0] == 200
    assert "Giấy của ông/bà là thật" in _text(found)


def test_a_paper_of_another_key_shows_nothing_even_of_a_known_number(synced: tuple[Desk, Center]) -> None:
    _desk, center = synced
    assert standing(center.store, _proof(SigningKey.make(b"f" * 32))).found == "nothing"


def test_changed_or_mistyped_digits_are_said_to_be_wrong(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    good = short_digits(TRACKING)
    assert standing(center.store, good[:-1] + str((int(good[-1]) + 1) % 10)).found == "altered"
    forged = _proof(desk.key, tracking=TRACKING)
    number = int(forged[:-2]) ^ (1 << 530)
    from desk.rules.codes import with_check

    assert standing(center.store, with_check(f"{number:0234d}")).found == "altered"


@pytest.mark.parametrize(
    "text",
    ["", "0", "x" * 5000, "9" * 236, "9" * 22, "<script>", "../../etc/passwd", "\x00", "1" * 1000, "²" * 22, "٣" * 236],
)
def test_any_other_text_is_nothing_of_ours(synced: tuple[Desk, Center], text: str) -> None:
    found = standing(synced[1].store, text)
    assert found.found in ("nothing", "altered")
    assert page(found)[0] == 404
    assert "<script>" not in page(found)[1]


def test_practice_is_said_on_the_page(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "home")
    center = new_center(tmp_path)
    join(desk, center)
    desk.accept(1)
    sync(desk, center)
    found = standing(center.store, _proof(desk.key, practice=True))
    assert (found.found, found.practice) == ("known", True)
    assert "ĐÀO TẠO" in _text(found)


def test_a_dossier_without_a_readable_event_shows_no_status(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    with desk.log.act("officer-1") as act:
        act.append("dossier.corrected", {"tracking": "123"}, dossier=desk.chance.new_id())
    sync(desk, center)
    assert standing(center.store, short_digits(123)).found == "nothing"


def test_due_dates_are_the_offices(tmp_path: Path) -> None:
    late = Standing("known", "accepted", "", datetime(2026, 12, 31, 18, 30, tzinfo=UTC))
    assert "01:30, 01/01/2027" in page(late)[1]
