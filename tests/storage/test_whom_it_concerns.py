"""Who sees what: three desks of two units and a center, on each database, from the acceptance to the return."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.clock import from_ms
from storage.center.center import Center
from storage.messages import request
from storage.pages import NEWEST_FIRST
from storage.projections.project import dump, rebuild
from storage.queries import own
from storage.store import Session
from storage.sync.segments import Pace
from storage.tables.elsewhere import GuestRow, StubRow
from storage.tables.own import KnownKeyRow
from storage.wire import Event
from tests.storage.centers import APP, join, nonce, sync, told
from tests.storage.desks import Desk, new_desk

HERE, THERE = "H49.35", "H49.36"


class Province:
    """Two desks of one unit, one of another, and their center."""

    def __init__(self, folder: Path, center: Center) -> None:
        self.center = center
        self.one, self.two = (new_desk(folder / name, _id(name), unit=HERE) for name in ("1", "2"))
        self.other = new_desk(folder / "3", _id("3"), unit=THERE)
        for slot, desk in enumerate((self.one, self.two)):
            join(desk, center, slot, HERE)
        join(self.other, center, 0, THERE)

    def sync(self, *desks: Desk) -> None:
        """Let `desks` (all without any) exchange, one after the other."""
        for desk in desks or (self.one, self.two, self.other):
            sync(desk, self.center)


def _id(number: str) -> str:
    return f"0192f0a1-7c3a-7b11-8a55-00000000000{number}"


@pytest.fixture
def province(tmp_path: Path, center: Center) -> Iterator[Province]:
    """A province, once on each database of the center."""
    made = Province(tmp_path, center)
    yield made
    for desk in (made.one, made.two, made.other):
        desk.store.close()


def _of(desk: Desk, dossier: str) -> list[str]:
    """Return the kinds of the events that `desk` holds of `dossier`, in the order of their ids."""
    with desk.store.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT kind FROM event WHERE dossier = ? ORDER BY id, position", (dossier,)
        )
        return [row[0] for row in rows]


def _logged(desk: Desk) -> set[bytes]:
    with desk.store.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT head, body, private FROM event")
        return {Event(row[0], row[1], row[2]).line() for row in rows}


def _row(session: Session, dossier: str) -> tuple[str, str, str]:
    row = session.get(StubRow, dossier)
    assert row is not None
    return row.unit, row.status, row.holder


def _stub(desk: Desk, dossier: str) -> tuple[str, str, str] | None:
    with desk.store.reading() as session:
        return None if session.get(StubRow, dossier) is None else _row(session, dossier)


def _guest(desk: Desk, dossier: str) -> str | None:
    with desk.store.reading() as session:
        row = session.get(GuestRow, dossier)
        return None if row is None else row.why


def _act(desk: Desk, event: str, dossier: str, **body: object) -> Event:
    with desk.log.act("officer-1") as act:
        return act.append(event, body, dossier=dossier)


def test_the_desks_of_one_unit_hold_each_others_whole_logs(province: Province) -> None:
    province.one.accept(7, then=("dossier.processing",))
    province.two.accept(3)
    province.sync()
    province.sync(province.one)
    assert _logged(province.one) == _logged(province.two)
    with province.one.store.reading() as one, province.two.store.reading() as two:
        assert list(dump(one)) == list(dump(two))


def test_another_unit_is_given_stubs_and_no_word_of_the_people(province: Province) -> None:
    dossiers = province.one.accept(4)
    province.sync()
    assert {_stub(province.other, dossier) for dossier in dossiers} == {(HERE, "accepted", HERE)}
    assert _logged(province.other) == {event.line() for event in province.other.events()}
    content = b"".join(file.read_bytes() for file in province.other.folder.glob("desk.db*"))
    assert "Nguyễn".encode() not in content and "ghi chú".encode() not in content and b"0912345678" not in content
    assert b"H49.35-261005-0001" in content  # the stub itself


def test_a_stub_follows_its_dossier(province: Province) -> None:
    (dossier,) = province.one.accept(1)
    province.sync()
    _act(province.one, "dossier.processing", dossier)
    _act(province.one, "dossier.resolved", dossier)
    province.sync(province.one, province.other)
    assert _stub(province.other, dossier) == (HERE, "resolved", HERE)
    with province.other.store.reading() as session:
        row = session.get(StubRow, dossier)
        assert row is not None and row.due_at == from_ms(province.one.accepted()[0]["due_at"])


def test_a_unit_that_is_handed_a_dossier_is_given_all_of_it_and_what_follows(province: Province) -> None:
    handed, kept = province.one.accept(2)
    province.sync()
    _act(province.one, "dossier.processing", handed, to=THERE)
    province.sync(province.one, province.other)
    assert _of(province.other, handed) == ["dossier.accepted", "dossier.processing"]
    assert _of(province.other, kept) == []
    _act(province.other, "dossier.resolved", handed)
    _act(province.one, "paper.made", handed, kind="slip", copy=1, sha256="ab", name="1.pdf")
    province.sync()
    province.sync()
    kinds = ["dossier.accepted", "dossier.processing", "dossier.resolved", "paper.made"]
    assert sorted(_of(province.other, handed)) == sorted(_of(province.two, handed)) == kinds
    assert _logged(province.one) == _logged(province.two)


def test_a_unit_that_had_it_between_two_exchanges_is_given_it_too(province: Province) -> None:
    (dossier,) = province.one.accept(1)
    _act(province.one, "dossier.processing", dossier, to=THERE)
    _act(province.one, "dossier.processing", dossier, to=HERE)
    province.sync()
    assert _of(province.other, dossier) == _of(province.one, dossier)


def test_nodes_with_the_same_events_of_a_dossier_show_it_alike_to_the_byte(province: Province) -> None:
    (dossier,) = province.one.accept(1)
    _act(province.one, "dossier.processing", dossier, to=THERE)
    province.sync()
    _act(province.other, "dossier.resolved", dossier)
    _act(province.two, "dossier.linked", dossier, system="tỉnh", code="X1")  # both at once
    province.sync()
    province.sync()
    shown = []
    for store in (province.one.store, province.two.store, province.other.store, province.center.store):
        with store.writing() as session:
            assert rebuild(session, searchable=store is not province.center.store) == (True, [])
            shown.append({row for row in dump(session) if row[:2] == ("dossier", dossier)})
    assert len(shown[0]) == 1 and shown.count(shown[0]) == 4


def test_a_unit_whose_first_desk_joins_later_is_given_what_concerned_it_before(tmp_path: Path, center: Center) -> None:
    one = new_desk(tmp_path / "1", _id("1"), unit=HERE)
    late = new_desk(tmp_path / "3", _id("3"), unit=THERE)
    join(one, center, 0, HERE)
    dossier, _other = one.accept(2)
    _act(one, "dossier.processing", dossier, to=THERE)
    sync(one, center)
    join(late, center, 0, THERE)
    sync(late, center)
    assert _of(late, dossier) == ["dossier.accepted", "dossier.processing"]


def test_a_dossier_that_leaves_is_hidden_and_comes_back_whole(province: Province) -> None:
    (dossier,) = province.one.accept(1)
    handed = _act(province.one, "dossier.processing", dossier, to=THERE)
    province.sync()
    assert _guest(province.other, dossier) is None
    _act(province.one, "dossier.undone", dossier, events=[handed.head.id])
    province.sync()
    assert _guest(province.other, dossier) == "left"
    _act(province.one, "dossier.linked", dossier, system="tỉnh", code="X1")
    province.sync()
    assert "dossier.linked" not in _of(province.other, dossier)
    _act(province.one, "dossier.processing", dossier, to=THERE)
    province.sync()
    assert _guest(province.other, dossier) is None
    assert _of(province.other, dossier) == _of(province.one, dossier)


def test_a_corrected_competent_body_is_no_longer_concerned(province: Province) -> None:
    (dossier,) = province.one.accept(1)
    _act(province.one, "dossier.corrected", dossier, competent_unit=THERE)
    province.sync()
    assert _of(province.other, dossier)
    _act(province.one, "dossier.corrected", dossier, competent_unit=HERE)
    province.sync()
    assert _guest(province.other, dossier) == "left"


def test_what_acted_on_a_dossier_stays_concerned(province: Province) -> None:
    (dossier,) = province.one.accept(1)
    handed = _act(province.one, "dossier.processing", dossier, to=THERE)
    province.sync()
    _act(province.other, "dossier.resolved", dossier)
    _act(province.one, "dossier.undone", dossier, events=[handed.head.id])
    province.sync()
    assert _guest(province.other, dossier) is None


def test_every_desk_is_given_the_keys_of_the_province_and_learns_of_a_revocation(province: Province) -> None:
    province.sync()
    province.center.revoke(province.one.id)
    province.sync(province.other)
    with province.other.store.reading() as session:
        known = {row.desk: row for row in session.exec(own.select(KnownKeyRow))}
    assert set(known) == {province.one.id, province.two.id}  # its own was made with the home, which this test has not
    assert known[province.one.id].public_key == province.one.key.public.hex()
    assert known[province.one.id].revoked_at is not None and known[province.two.id].revoked_at is None


def test_pages_come_in_small_pieces_over_a_bad_line_and_none_is_lost(province: Province) -> None:
    dossiers = province.one.accept(23)
    for dossier in dossiers[::3]:
        _act(province.one, "dossier.processing", dossier, to=THERE)
    province.sync(province.one)
    assert sync(province.other, province.center, Pace(1)).requests > 3
    assert {dossier for dossier in dossiers if _of(province.other, dossier)} == set(dossiers[::3])
    assert all(_stub(province.other, dossier) is not None for dossier in dossiers)


def test_a_center_put_back_from_a_copy_is_read_anew_and_nothing_comes_twice(province: Province) -> None:
    (dossier,) = province.one.accept(1)
    _act(province.one, "dossier.processing", dossier, to=THERE)
    province.sync()
    province.center.about = province.center.about._replace(incarnation="another")
    assert sync(province.other, province.center).taken == 0
    assert len(_of(province.other, dossier)) == 2


def test_the_first_reading_of_stubs_begins_with_the_newest(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    dossiers = province.one.accept(6)
    province.sync(province.one)
    given: list[str] = []
    upserted = "storage.sync.pages.upsert"
    from storage.projections.upsert import upsert

    def noting(session: Session, model: type, rows: list[dict[str, str]]) -> None:
        if model is StubRow:
            given.extend(row["dossier"] for row in rows)
        upsert(session, model, rows)

    monkeypatch.setattr(upserted, noting)
    sync(province.other, province.center, Pace(2))
    assert given == sorted(dossiers, reverse=True) and max(dossiers) < NEWEST_FIRST


def test_whatever_the_order_of_exchanges_units_end_with_what_concerns_them(tmp_path: Path, center: Center) -> None:
    province = Province(tmp_path, center)
    drawn = random.Random(20)
    dossiers = province.one.accept(3) + province.other.accept(3)
    province.sync()
    for _step in range(30):
        desk = drawn.choice((province.one, province.two, province.other))
        with desk.store.reading() as session:
            rows = session.connection().exec_driver_sql("SELECT id FROM dossier ORDER BY id").all()
        if drawn.random() < 0.4 or not rows:
            province.sync(desk)
            continue
        kind = drawn.choice(("dossier.processing", "dossier.resolved", "dossier.linked", "dossier.viewed"))
        to = {"to": drawn.choice((HERE, THERE))} if kind == "dossier.processing" else {"system": "a", "code": "b"}
        _act(desk, kind, drawn.choice(rows)[0], **to)
    for _round in range(2):
        province.sync()
    assert _logged(province.one) == _logged(province.two)
    for dossier in dossiers:
        with center.store.reading() as session:
            rows = session.connection().exec_driver_sql(f"SELECT unit FROM audience WHERE dossier = '{dossier}'").all()
        concerned = {row[0] for row in rows}
        whole = sorted(_of(province.two if HERE in concerned else province.one, dossier))
        for unit, desk in ((HERE, province.two), (THERE, province.other)):
            if unit in concerned:
                assert sorted(_of(desk, dossier)) == whole
    for store in (province.one.store, province.other.store):
        with store.writing() as session:
            assert rebuild(session, searchable=True) == (True, [])


@pytest.mark.parametrize(
    "asked",
    [
        {"pull": 5},
        {"pull": {"cursor": {}, "unit": {}, "size": 1}},
        {"pull": {"cursor": {"feed": -1, "stubs": None, "keys": ""}, "unit": {}, "size": 1}},
        {"pull": {"cursor": {"feed": 0, "stubs": [0, "\x00"], "keys": ""}, "unit": {}, "size": 1}},
        {"pull": {"cursor": {"feed": 0, "stubs": None, "keys": ""}, "unit": {"x": {"y": 1}}, "size": 1}},
        {"look_up": []},
        {"look_up": {"dossier": "\x00", "event": "1"}},
    ],
    ids=str,
)
def test_what_is_asked_in_no_readable_form_is_refused_and_breaks_nothing(
    asked: dict[str, object], desk: Desk, center: Center
) -> None:
    join(desk, center)
    asked = {**asked, "nonce": nonce(center, desk.id, desk.key)}
    http, answer = told(center, center.exchange(request(desk.id, APP, 0, [], desk.key, **asked)))
    assert (http, answer["status"]) == (400, "bad")


def test_a_huge_question_is_answered_with_no_more_than_a_page(desk: Desk, center: Center) -> None:
    join(desk, center)
    pull = {"cursor": {"feed": (1 << 53) - 1, "stubs": [(1 << 53) - 1, ""], "keys": "x"}, "unit": {}, "size": 1 << 40}
    word = nonce(center, desk.id, desk.key)
    http, answer = told(center, center.exchange(request(desk.id, APP, 0, [], desk.key, pull=pull, nonce=word)))
    assert (http, answer["page"]["more"]) == (200, False)
    assert answer["page"]["to"]["stubs"][0] == 0  # no position beyond the newest is believed
