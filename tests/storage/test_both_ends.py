"""One desk's log at a center on SQLite and at one on PostgreSQL: the same events, the same tables, to the byte."""

from __future__ import annotations

from pathlib import Path

from storage.projections.project import dump, rebuild
from tests.postgres import fresh_database
from tests.storage.centers import join, lines, new_center, sync
from tests.storage.desks import Desk, new_desk

MOVES = (
    ("dossier.processing", "dossier.resolved", "dossier.returned", "survey.asked"),
    ("dossier.supplement_requested", "dossier.supplemented", "dossier.processing"),
    ("dossier.withdrawal_requested", "dossier.stopped"),
    (),
)


def _busy_desk(folder: Path, number: int) -> Desk:
    """Return a desk with dossiers in many statuses, papers, forms, an undo and a second epoch."""
    desk = new_desk(folder, f"0192f0a1-7c3a-7b11-8a55-00000000000{number}", seed=number)
    for moves in MOVES * 3:
        desk.accept(2, then=moves)
    (dossier,) = desk.accept(1)
    with desk.log.act("officer-1") as act:
        made = act.append("paper.made", {"kind": "slip", "copy": 1, "sha256": "ab", "name": "1.pdf"}, dossier=dossier)
        act.append("paper.handed", {"paper": made.head.id}, dossier=dossier)
        first = act.append("fee.taken", {"fee_dong": 21_000, "charge_dong": 0, "receipt": "0000101"}, dossier=dossier)
        act.append("fee.taken", {"fee_dong": 0, "charge_dong": 8_000, "receipt": "0000102"}, dossier=dossier)
        act.append("fee.voided", {"fee": first.head.id}, {"reason": "sai"}, dossier=dossier)
        gone = act.append("dossier.resolved", {}, dossier=dossier)
    with desk.log.act("officer-1") as act:
        act.append("dossier.undone", {"events": [gone.head.id]}, dossier=dossier)
        act.append("survey.captured", {"level": "very_satisfied", "how": "screen", "field": "TP"})
        act.append("clock.set", {"confirmed_at": 5})
        act.append("officer.added", {"officer": f"officer-{number}9", "role": "officer"}, {"name": "Đỗ Thị Ánh"})
    desk.log.open_epoch()
    desk.accept(2, then=("dossier.processing",))
    return desk


def test_the_same_log_gives_the_same_bytes_at_desk_and_centers(tmp_path: Path, postgres_server: str) -> None:
    desk = _busy_desk(tmp_path / "home", 1)
    kept: dict[str, list[tuple[str, str, str]]] = {}
    for name, db in (("sqlite", None), ("postgres", fresh_database(postgres_server))):
        center = new_center(tmp_path / name, db, seed=len(name))
        join(desk, center)
        sync(desk, center)
        assert lines(center) == [event.line() for event in desk.events()]
        assert center.rebuild() == (True, [])
        kept[name] = center.dump()
        with desk.store.writing() as session:
            assert rebuild(session, searchable=True) == (True, [])
            assert kept[name] == list(dump(session))
    projected = {name: [row for row in rows if row[0] != "desk"] for name, rows in kept.items()}
    assert projected["sqlite"] == projected["postgres"]


def test_two_desks_give_both_centers_the_same_tables_in_whatever_order_they_come(
    tmp_path: Path, postgres_server: str
) -> None:
    desks = [_busy_desk(tmp_path / "one", 1), _busy_desk(tmp_path / "two", 2)]
    first = new_center(tmp_path / "sqlite")
    second = new_center(tmp_path / "postgres", fresh_database(postgres_server), seed=8)
    for slot, desk in enumerate(desks):
        join(desk, first, slot)
        sync(desk, first)
    for slot, desk in reversed(list(enumerate(desks))):
        join(desk, second, slot)
        sync(desk, second)
    for desk in desks:
        sync(desk, first)
    assert sorted(lines(first)) == sorted(lines(second))
    assert first.dump() == second.dump()
    assert first.rebuild() == second.rebuild() == (True, [])
    assert first.dump() == second.dump()
