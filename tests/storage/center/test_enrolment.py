"""Joining: a token is good once, for one unit, one slot, 72 hours; a lost answer costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from desk.errors.base import DeskError
from desk.errors.rule import SlotUnknown
from desk.errors.sync import (
    AddressUnreadable,
    CenterConfused,
    DeskKnown,
    DeskRevoked,
    HostTooLong,
    LinkCut,
    NotTheCenter,
    SlotTaken,
    TokenExpired,
    TokenOfOtherUnit,
    TokenUnknown,
    TokenUnreadable,
    TokenUsed,
    WrongCenter,
)
from desk.keys import SigningKey
from storage.center import enrolment
from storage.center.center import Center
from storage.center.tables import EnrolledDesk
from storage.joining import certificate_holds, read_token, token_text
from storage.sync.enrolling import enrol
from storage.tables.own import CenterKeyRow, SyncStateRow
from storage.tables.projected import DeskRow
from tests.storage.centers import APP, URL, join, new_center, sync
from tests.storage.desks import Desk, new_desk


def _other(folder: Path, number: int = 2) -> Desk:
    return new_desk(folder / f"desk-{number}", f"0192f0a1-7c3a-7b11-8a55-00000000000{number}", seed=number)


def _ask(center: Center) -> Callable[[bytes], bytes]:
    return lambda message: center.enrol(message)[1]


def test_a_desk_that_joins_has_a_certificate_its_slot_and_the_citizens_address(desk: Desk, center: Center) -> None:
    joined = join(desk, center, slot=3)
    assert (joined.slot, joined.tracking_url, joined.center) == (3, f"{URL}/t/", center.about.id)
    assert joined.center_key == center.key.public
    assert certificate_holds(joined.certificate, center.key.public)
    assert {key: joined.certificate[key] for key in ("desk", "unit", "agency_code", "epoch")} == {
        "desk": desk.id,
        "unit": "H49.35",
        "agency_code": "H49.35",
        "epoch": 1,
    }
    with desk.store.reading() as session:
        row, key = session.get(DeskRow, desk.id), session.get(CenterKeyRow, 1)
    assert row is not None and key is not None
    assert (row.slot, row.center, row.tracking_url) == (3, URL, f"{URL}/t/")
    assert (key.url, key.public_key) == (URL, center.key.public.hex())
    assert certificate_holds(key.certificate, center.key.public)
    assert joined.unit_salt.hex().encode() not in b"".join(event.line() for event in desk.events())


def test_the_desks_of_one_unit_share_a_salt_and_no_other_unit_has_it(
    desk: Desk, center: Center, tmp_path: Path
) -> None:
    stranger = new_desk(tmp_path / "s", "0192f0a1-7c3a-7b11-8a55-000000000003", unit="H49.36", seed=3)
    salts = [
        join(desk, center, 0).unit_salt,
        join(_other(tmp_path), center, 1).unit_salt,
        join(stranger, center, 0, unit="H49.36").unit_salt,
    ]
    assert salts[0] == salts[1] != salts[2]
    assert len(salts[0]) == 32


def test_a_lost_answer_is_asked_for_again_with_the_same_token(desk: Desk, center: Center) -> None:
    token = center.make_token("H49.35", 0).token
    lost: list[bytes] = []

    def losing(message: bytes) -> bytes:
        lost.append(center.enrol(message)[1])
        raise LinkCut(cause="test")

    with pytest.raises(LinkCut):
        enrol(desk.log, losing, URL, token, app=APP)
    assert len(lost) == 1
    desk.clock.now += timedelta(days=9)
    center.clock = desk.clock
    again = enrol(desk.log, _ask(center), URL, token, app=APP)
    assert certificate_holds(again.certificate, center.key.public)
    sync(desk, center)


def _made(center: Center, unit: str = "H49.35", slot: int = 0) -> str:
    return center.make_token(unit, slot).token


def test_a_token_lasts_72_hours(desk: Desk, center: Center) -> None:
    made = center.make_token("H49.35", 0)
    now = center.clock()
    assert abs(made.expires_at - now - timedelta(hours=72)) < timedelta(seconds=5)
    center.clock = lambda: made.expires_at + timedelta(seconds=1)
    with pytest.raises(TokenExpired):
        enrol(desk.log, _ask(center), URL, made.token, app=APP)
    center.clock = lambda: made.expires_at
    enrol(desk.log, _ask(center), URL, made.token, app=APP)


def test_the_secret_of_a_token_is_nowhere_in_the_database(tmp_path: Path) -> None:
    center = new_center(tmp_path)
    secret = center.make_token("H49.35", 0)
    center.close()
    raw = read_token(secret.token).secret
    content = b"".join(file.read_bytes() for file in (tmp_path / "center").iterdir())
    assert raw not in content and raw.hex().encode() not in content


def _refused(desk: Desk, center: Center, token: str, error: type[DeskError], url: str = URL) -> None:
    before = desk.events()
    with pytest.raises(error):
        enrol(desk.log, _ask(center), url, token, app=APP)
    assert desk.events() == before
    with desk.store.reading() as session:
        assert session.get(CenterKeyRow, 1) is None


def test_what_is_wrong_with_a_token_is_said_and_changes_nothing(desk: Desk, center: Center, tmp_path: Path) -> None:
    other = _other(tmp_path)
    used = _made(center, slot=5)
    enrol(other.log, _ask(center), URL, used, app=APP)
    _refused(desk, center, used, TokenUsed)
    _refused(desk, center, token_text(b"x" * 16, center.key.public), TokenUnknown)
    _refused(desk, center, _made(center, "H49.36"), TokenOfOtherUnit)
    _refused(desk, center, used[:-1], TokenUnreadable)
    _refused(desk, center, used.replace(used[:4], "AAAA"), TokenUnreadable)
    _refused(desk, center, token_text(b"x" * 16, SigningKey.make(b"y" * 32).public), WrongCenter)
    join(desk, center, slot=6)


def test_an_occupied_slot_is_refused_when_the_token_is_made_and_when_it_is_used(
    desk: Desk, center: Center, tmp_path: Path
) -> None:
    first, second = _made(center, slot=4), _made(center, slot=4)
    enrol(_other(tmp_path).log, _ask(center), URL, first, app=APP)
    _refused(desk, center, second, SlotTaken)
    with pytest.raises(SlotTaken):
        center.make_token("H49.35", 4)
    center.make_token("H49.36", 4)
    with pytest.raises(SlotUnknown):
        center.make_token("H49.35", 18)


def test_a_desk_may_move_to_another_slot_and_its_old_one_is_free(desk: Desk, center: Center, tmp_path: Path) -> None:
    join(desk, center, slot=1)
    assert join(desk, center, slot=2).slot == 2
    join(_other(tmp_path), center, slot=1)


def test_a_copied_home_under_a_key_of_its_own_does_not_join_as_the_first(
    desk: Desk, center: Center, tmp_path: Path
) -> None:
    join(desk, center)
    copy = new_desk(tmp_path / "copy", desk.id, key=SigningKey.make(b"k" * 32), seed=9)
    _refused(copy, center, _made(center, slot=7), DeskKnown)


def test_a_revoked_desk_does_not_join_again(desk: Desk, center: Center) -> None:
    join(desk, center)
    with center.store.writing() as session:
        row = session.get(EnrolledDesk, desk.id)
        assert row is not None
        row.revoked_at = center.clock()
        session.add(row)
    with pytest.raises(DeskRevoked):
        join(desk, center, slot=1)
    center.make_token("H49.35", 0)


def test_a_host_that_fits_no_slip_is_refused(desk: Desk, center: Center) -> None:
    _refused(desk, center, _made(center), HostTooLong, url="https://" + "a" * 66)
    center.set_tracking_url("https://tracuu.vn/t/")
    joined = join(desk, center, url="https://" + "a" * 66)
    assert joined.tracking_url == "https://tracuu.vn/t/"


@pytest.mark.parametrize(
    "url", ["", "center", "ftp://center", "https://", "https://u:p@center", "http://a:b", "http://a:0"]
)
def test_what_is_no_address_is_said_before_anything_is_sent(desk: Desk, center: Center, url: str) -> None:
    _refused(desk, center, _made(center), AddressUnreadable, url=url)


@pytest.mark.parametrize("raw", [b"", b"<html>Sign in</html>", b"{}\n{}"])
def test_an_answer_that_is_none_is_not_believed(desk: Desk, center: Center, raw: bytes) -> None:
    with pytest.raises(NotTheCenter):
        enrol(desk.log, lambda message: raw, URL, _made(center), app=APP)


def test_an_answer_to_another_request_is_not_believed(desk: Desk, center: Center, tmp_path: Path) -> None:
    kept: list[bytes] = []

    def keeping(message: bytes) -> bytes:
        kept.append(center.enrol(message)[1])
        return kept[0]

    enrol(_other(tmp_path).log, keeping, URL, _made(center, slot=2), app=APP)
    with pytest.raises(NotTheCenter):
        enrol(desk.log, keeping, URL, _made(center, slot=3), app=APP)


def test_a_certificate_for_another_desk_is_not_believed(
    desk: Desk, center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = enrolment.certified
    monkeypatch.setattr(enrolment, "certified", lambda values, key: real({**values, "unit": "H49.99"}, key))
    with pytest.raises(CenterConfused):
        join(desk, center)


def test_joining_another_center_begins_from_nothing(desk: Desk, center: Center, tmp_path: Path) -> None:
    join(desk, center)
    sync(desk, center)
    second = new_center(tmp_path / "second", seed=8)
    join(desk, second)
    with desk.store.reading() as session:
        state = session.get(SyncStateRow, 1)
    assert state is not None and state.have is None
    sync(desk, second)
