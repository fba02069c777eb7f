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
from tests.storage.browser import dom
from tests.storage.center.test_serve import serving
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


def _standing(center: Center, text: str, now: datetime = FIRST) -> Standing:
    return standing(center.store, text, now)


def _text(found: Standing) -> str:
    """Return the page's words without its marks."""
    html = page(found, lambda unit: f"Phường <{unit}>")[1]
    return re.sub(r"<[^>]+>", "|", html)


def test_both_forms_of_the_digits_show_status_due_date_and_unit(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    for text in (short_digits(TRACKING), _proof(desk.key), f"HTTPS://TRACUU.VN/T/{short_digits(TRACKING)}"):
        found = _standing(center, text)
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
    found = _standing(center, short_digits(TRACKING + 2))
    words = _text(found)
    assert MOVES[kind] in words
    if kind == "dossier.resolved":
        assert "Nhận kết quả tại: Phường &lt;H49.35&gt;" in words
    assert (found.due_at is None) == (kind in ("dossier.stopped", "dossier.resolved", "dossier.returned"))
    assert words.count("|Hẹn trả kết quả:") == (0 if found.due_at is None else 1)


def test_the_page_holds_nothing_personal_and_nothing_that_acts(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    for text in (short_digits(TRACKING), _proof(desk.key), "x", _proof(desk.key, tracking=5)):
        status, html = page(_standing(center, text))
        assert len(html.encode()) <= 15_000
        for secret in (*NAMES, "0221900", "0912345678", "H49.35-261005", "ghi chú", str(TRACKING)):
            assert secret not in html
        for forbidden in ("<script", "<a ", "<img", "<link", "http:", "https:"):
            assert forbidden not in html
        assert '<meta name="robots" content="noindex, nofollow">' in html
        assert status in (200, 404)


def test_an_overdue_dossier_is_said_to_be_late_and_a_waiting_one_is_not(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    late = FIRST + timedelta(days=4)
    assert _standing(center, short_digits(TRACKING), late).is_late
    assert "quá hạn" in _text(_standing(center, short_digits(TRACKING), late))
    assert not _standing(center, short_digits(TRACKING)).is_late
    desk.accept(1, then=("dossier.supplement_requested",))
    sync(desk, center)
    assert not _standing(center, short_digits(TRACKING + 1), late).is_late


def test_the_body_that_holds_the_dossier_is_named(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    assert "Hồ sơ đang ở" not in _text(_standing(center, short_digits(TRACKING)))
    with desk.log.act("officer-1") as act:
        dossier = desk.chance.new_id()
        act.append("dossier.accepted", *desk.accepted(), dossier)
        act.append("dossier.processing", {"to": "H49.7"}, dossier=dossier)
    sync(desk, center)
    assert "|Hồ sơ đang ở: Phường &lt;H49.7&gt;|" in _text(_standing(center, short_digits(TRACKING + 1)))


def test_where_no_dossier_is_found_the_page_says_what_to_do_and_asks_for_the_digits(
    synced: tuple[Desk, Center],
) -> None:
    for text in ("1", short_digits(TRACKING)[:-1] + "x", short_digits(5)):
        html = page(_standing(synced[1], text))[1]
        assert '<form action="/t/" method="get">' in html
        assert 'inputmode="numeric"' in html
    assert "<form" not in page(_standing(synced[1], short_digits(TRACKING)))[1]


def test_a_paper_whose_dossier_was_not_sent_yet_is_said_to_be_genuine(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    found = _standing(center, _proof(desk.key, tracking=77))
    assert found == Standing("not_here_yet", unit="H49.35")
    assert page(found)[0] == 200
    assert "Giấy của ông/bà là thật" in _text(found)


def test_a_paper_of_another_key_shows_nothing_even_of_a_known_number(synced: tuple[Desk, Center]) -> None:
    _desk, center = synced
    assert _standing(center, _proof(SigningKey.make(b"f" * 32))).found == "nothing"


def test_changed_or_mistyped_digits_are_said_to_be_wrong(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    good = short_digits(TRACKING)
    assert _standing(center, good[:-1] + str((int(good[-1]) + 1) % 10)).found == "altered"
    forged = _proof(desk.key, tracking=TRACKING)
    number = int(forged[:-2]) ^ (1 << 530)
    from desk.rules.codes import with_check

    assert _standing(center, with_check(f"{number:0234d}")).found == "altered"


@pytest.mark.parametrize(
    "text",
    ["", "0", "x" * 5000, "9" * 236, "9" * 22, "<script>", "../../etc/passwd", "\x00", "1" * 1000, "²" * 22, "٣" * 236],
)
def test_any_other_text_is_nothing_of_ours(synced: tuple[Desk, Center], text: str) -> None:
    found = _standing(synced[1], text)
    assert found.found in ("nothing", "altered")
    assert page(found)[0] == 404
    assert "<script>" not in page(found)[1]


def test_practice_is_said_on_the_page(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "home")
    center = new_center(tmp_path)
    join(desk, center)
    desk.accept(1)
    sync(desk, center)
    found = _standing(center, _proof(desk.key, practice=True))
    assert (found.found, found.practice) == ("known", True)
    assert "ĐÀO TẠO" in _text(found)


def test_a_dossier_without_a_readable_event_shows_no_status(synced: tuple[Desk, Center]) -> None:
    desk, center = synced
    with desk.log.act("officer-1") as act:
        act.append("dossier.corrected", {"tracking": "123"}, dossier=desk.chance.new_id())
    sync(desk, center)
    assert _standing(center, short_digits(123)).found == "nothing"


def test_due_dates_are_the_offices(tmp_path: Path) -> None:
    late = Standing("known", "accepted", "", datetime(2026, 12, 31, 18, 30, tzinfo=UTC))
    assert "01:30, 01/01/2027" in page(late)[1]


def test_a_phones_browser_shows_the_page_with_its_form(synced: tuple[Desk, Center], tmp_path: Path) -> None:
    desk, center = synced
    desk.accept(1, then=("dossier.resolved", "dossier.returned"))
    sync(desk, center)
    with serving(tmp_path) as (url, _process):
        shown = dom(f"{url}/t/{short_digits(TRACKING + 1)}", tmp_path / "profile")
    assert shown.count('<button name="level"') == 3
    assert "Đã trả kết quả" in shown and "Result returned" in shown
