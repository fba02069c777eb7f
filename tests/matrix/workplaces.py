"""The six workplaces as an officer's hands know them: up to the key that acts, and that key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.budget import citizens
from tests.day.officer import said
from tests.matrix.place import Desk, office
from tests.terminal import KEYS

RETURNED, SURVEYED = "Phạm Văn Tám", "Bùi Thị Chín"
FOUND = citizens.HUONG.name
QUESTION = "Ông/bà đánh giá việc phục vụ hôm nay thế nào?"


def code_of(name: str) -> str:
    """Return the code of the dossier whose result waits."""
    return office().waiting[name].code


@dataclass(frozen=True)
class Workplace:
    """begin: up to the act; act: the keys that do it; done: the kinds of the events that are in the log then."""

    name: str
    begin: Callable[[Desk], None]
    act: bytes
    done: tuple[str, ...]


def _receive(desk: Desk) -> None:
    desk.scan(citizens.card(citizens.LAN))
    desk.wait_for(citizens.LAN.name.upper())
    desk.terminal.type(desk.digit("Khai sinh"))
    desk.wait_for("1.001193 · ", said("Due"))


def _certify(desk: Desk) -> None:
    desk.scan(citizens.card(citizens.LAN))
    desk.wait_for(citizens.LAN.name.upper())
    desk.terminal.type(desk.digit("Bản sao từ bản chính"))
    desk.wait_for("Số trang")
    desk.terminal.type("5")
    desk.terminal.key("Enter")
    desk.terminal.type("3")
    desk.wait_for("21.000")


def _look_up(desk: Desk) -> None:
    desk.terminal.key("F3")
    desk.wait_for(said("Lookup"))
    desk.terminal.type("dang thi huong")
    desk.wait_for(">  " + code_of(FOUND)[-11:])


def _give_back(desk: Desk, name: str = RETURNED) -> None:
    desk.scan(office().waiting[name].slip)
    desk.wait_for(said("What happened"), name, "1 25/11")


def _ask_citizen(desk: Desk) -> None:
    _give_back(desk, SURVEYED)
    before = desk.place.count()
    desk.terminal.key("Enter", "Enter")
    desk.wait_for(QUESTION)
    desk.place.wait(
        lambda: desk.place.since(before)["paper.handed"] == 1, lambda: "the receipt before the survey is not printed"
    )


def _papers(desk: Desk) -> None:
    desk.terminal.key("F7")
    desk.wait_for(said("Newest papers of this desk"))


_PRINTED = ("paper.made", "paper.handed")
WORKPLACES = {
    one.name: one
    for one in (
        Workplace("intake", _receive, KEYS["F9"], ("dossier.accepted", *_PRINTED)),
        Workplace("certification", _certify, KEYS["F9"], ("dossier.accepted", *_PRINTED)),
        Workplace("lookup", _look_up, KEYS["Enter"], ("dossier.viewed",)),
        Workplace("return", _give_back, KEYS["Enter"] * 2, ("dossier.returned", *_PRINTED)),
        Workplace("survey", _ask_citizen, b"1\r", ("survey.asked", "survey.captured")),
        Workplace("papers", _papers, KEYS["Enter"], _PRINTED),
    )
}
