"""The queue to the national portal: each dossier that went on, in whole batches, again where it was not taken."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desk.errors.store import FileUnwritable
from desk.rules.national_message import Named
from storage.center import national
from storage.center.center import Center
from storage.center.national import Folder, deliver
from storage.tables.projected import DossierRow
from tests.storage.centers import join, new_center, sync
from tests.storage.desks import Desk


def named(row: DossierRow) -> Named:
    """Return names for tests."""
    return Named(procedure=f"Thủ tục {row.procedure}", unit=row.unit, holder=row.holder)


class Deaf:
    """A portal that takes nothing until it is told to."""

    def __init__(self) -> None:
        self.hears = False
        self.batches: list[tuple[str, list[str]]] = []

    def deliver(self, name: str, messages: Sequence[Mapping[str, Any]]) -> None:
        """Take a batch, or raise."""
        self.batches.append((name, [one["MaHoSo"] for one in messages]))
        if not self.hears:
            raise ConnectionError


@pytest.fixture
def center(desk: Desk, tmp_path: Path) -> Iterator[Center]:
    """A center with two accepted dossiers."""
    with closing(new_center(tmp_path)) as fresh:
        join(desk, fresh)
        desk.accept(2)
        sync(desk, fresh)
        yield fresh


def test_what_waits_is_written_once_and_what_changes_once_more(center: Center, desk: Desk, tmp_path: Path) -> None:
    portal = Folder(tmp_path / "out")
    assert deliver(center, portal, named).messages == 2
    assert deliver(center, portal, named).messages == 0
    (dossier,) = desk.accept(1)
    sync(desk, center)
    with desk.log.act("officer-1") as act:
        act.append("dossier.resolved", {}, dossier=dossier)
    sync(desk, center)
    assert deliver(center, portal, named).messages == 1
    first, second = (json.loads(file.read_text(encoding="utf-8")) for file in portal.files)
    assert [one["MaHoSo"] for one in first] == ["H49.35-261005-0001", "H49.35-261005-0002"]
    assert [(one["MaHoSo"], one["TrangThaiHoSo"]) for one in second] == [("H49.35-261005-0003", "9")]
    assert [step["TrangThai"] for step in second[0]["TienTrinhXuLy"]] == ["2", "9"]
    assert second[0]["TienTrinhXuLy"][0]["NguoiXuLy"] == "Cán bộ 1"
    assert second[0]["TenTTHC"] == "Thủ tục 1.001193"
    assert not list((tmp_path / "out").glob("*.new"))


def test_a_batch_that_was_not_taken_comes_again_under_its_name(center: Center) -> None:
    portal = Deaf()
    for _time in range(2):
        with pytest.raises(ConnectionError):
            deliver(center, portal, named)
    portal.hears = True
    assert deliver(center, portal, named).messages == 2
    assert len(portal.batches) == 3
    assert len({json.dumps(batch) for batch in portal.batches}) == 1


def test_more_than_one_batch_is_delivered_without_a_gap(
    center: Center, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(national, "AT_ONCE", 3)
    desk.accept(7)
    sync(desk, center)
    portal = Deaf()
    portal.hears = True
    assert deliver(center, portal, named).messages == 9
    ends = [tuple(int(part) for part in name.split("-")[1:]) for name, _codes in portal.batches]
    assert all(first <= last for first, last in ends)
    assert sorted({code for _name, codes in portal.batches for code in codes}) == [
        f"H49.35-261005-{number:04d}" for number in range(1, 10)
    ]


def test_a_provisional_code_waits_for_its_official_one(center: Center, desk: Desk) -> None:
    body, private = desk.accepted()
    with desk.log.act("officer-1") as act:
        act.append(
            "dossier.accepted",
            {**body, "provisional": True, "code": "T.H49.35-261005-0003"},
            private,
            desk.chance.new_id(),
        )
    sync(desk, center)
    portal = Deaf()
    portal.hears = True
    deliver(center, portal, named)
    assert [codes for _name, codes in portal.batches] == [["H49.35-261005-0001", "H49.35-261005-0002"]]


def test_a_dossier_that_fits_no_message_is_named_and_holds_up_no_other(center: Center, desk: Desk) -> None:
    body, private = desk.accepted()
    dossier = desk.chance.new_id()
    with desk.log.act("officer-1") as act:
        act.append("dossier.accepted", {**body, "documents": [{"original": 1}]}, private, dossier)
    desk.accept(1)
    sync(desk, center)
    portal = Deaf()
    portal.hears = True
    done = deliver(center, portal, named)
    assert (done.messages, done.unreadable) == (3, [dossier])


def test_a_folder_that_cannot_be_written_is_said_and_the_batch_waits(center: Center, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FileUnwritable):
        deliver(center, Folder(tmp_path / "file"), named)
    assert deliver(center, Folder(tmp_path / "out"), named).messages == 2
