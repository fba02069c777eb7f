"""The office of the budget: who is known, whose result waits, and the two officers. All of them are invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.homes import citizen
from tests.screens.desks import OTHER_PIN, Desk

BADGE = 4711
OTHER = "Hoàng Thị Giao"
BIRTH, CERTIFIED_COPY = "1", "6"
"""Their digits among the favourites of a desk that has received births only."""
NEXT_TAIL = "005555"

__all__ = ["OTHER_PIN"]


class Citizen(NamedTuple):
    """A citizen as a card says it; born: ddmmyyyy."""

    name: str
    number: str
    born: str = "15051990"
    sex: str = "Nữ"


LAN = Citizen("Nguyễn Thị Lan", "022190001234")
MAI = Citizen("Phạm Thị Mai", "022190007777")
QUANG = Citizen("Lê Văn Quang", "022085004444", "02031985", "Nam")
SON = Citizen("Lê Văn Sơn", "022085000123", "15031985", "Nam")
HUONG = Citizen("Đặng Thị Hường", "022190000001")
_NEXT = Citizen("Trịnh Thị Hoa", "022190005555")
_WAITING = {
    HUONG: "0912345678",
    Citizen("Phạm Văn Tám", "022085000808", "08081985", "Nam"): "0912000808",
    Citizen("Vũ Thị Mười", "022190001010"): "0912001010",
    Citizen("Bùi Thị Chín", "022190000909"): "0912000909",
    Citizen("Đỗ Văn Khoa", "022085000606", "06061985", "Nam"): "0912000606",
    Citizen("Ngô Văn Một", "022085000101", "01011985", "Nam"): "0912000101",
}


class WaitingResult(NamedTuple):
    """A dossier whose result is here; tail: the last six digits of its code; slip: what a scanner reads of it."""

    code: str
    tail: str
    slip: str


Waiting = Mapping[str, WaitingResult]
"""The results that wait, by the name of the owner."""


def card(one: Citizen) -> str:
    """Return what a scanner reads of a citizen's card."""
    return f"{one.number}|012345678|{one.name.upper()}|{one.born}|{one.sex}|Tổ 1, Móng Cái 2, Quảng Ninh|01012022"


def fill(desk: Desk) -> Waiting:
    """Fill a new desk, everything printed; returns the results that wait."""
    services, waiting = desk.services, {}
    for one in (LAN, _NEXT):
        desk.accept(owner={**citizen(), "name": one.name, "personal_id": one.number})
    for one, phone in _WAITING.items():
        day = f"{one.born[4:]}-{one.born[2:4]}-{one.born[:2]}"
        owner = {"name": one.name, "personal_id": one.number, "phone": phone, "born_on": day}
        dossier = desk.resolve(owner=owner)
        code = services.lookup.show(dossier).line.code
        waiting[one.name] = WaitingResult(code, code.replace("-", "")[-6:], desk.slip_text(dossier))
    for paper in services.papers.catch_up():
        services.papers.send(paper.job)
    services.officers.add(OTHER, OTHER_PIN, "officer", badge=str(BADGE), by=desk.officer.id)
    return waiting


class NoResults(dict[str, WaitingResult]):
    """Stands in for the results that wait where keys are only counted: every code has a tail of six digits."""

    def __missing__(self, name: str) -> WaitingResult:
        return WaitingResult(name, "000000", name)
