"""The exchange by stick at the center: every whole part is taken as if it had come over a line.

The answers go into one reply bundle, each locked for its desk, so that one stick serves many desks. With them go
the pages that a desk over a line would ask for one after another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import col

from desk.errors.sync import BundleForAnother, BundleTorn
from desk.keys import key_id, locked_for
from storage.bundle import Found, Kind, Missing, Part
from storage.center.center import Answer, Center
from storage.center.tables import DeskCursor, EnrolledDesk
from storage.joining import read_join_request
from storage.messages import BadMessage, claimed_desk, read_signed

MOST_PAGES: Final = 400
"""Pages beyond the answer that one stick takes back to one desk: some 100,000 events."""
_LEADS_ON: Final = ("ok", "gap", "fork", "broken")

_ORDER: Final[tuple[Kind, ...]] = ("join", "sync", "file", "files", "lacking")
_ACTS: Final[dict[Kind, Callable[[Center, bytes], Answer]]] = {
    "join": Center.enrol,
    "sync": Center.exchange_locked,
    "file": Center.files,
    "files": Center.files,
    "lacking": Center.files,
}
_PIECE_BYTES: Final = 280 << 10
"""Of a piece of a file on the stick, what is around it included."""

_Reply = tuple[Kind, bytes, bytes]
"""What it is, the key of the desk it is for, and the signed message."""
_Made = tuple[Kind, bytes, Callable[[], bytes]]
"""The same, the message made when it is written: files may be large."""


@dataclass(slots=True)
class Taken:
    """What the parts of a stick brought, and the bundle of answers that goes back."""

    events: int = 0
    """Events that the center did not have before."""
    parts: int = 0
    """Parts that were taken; one that was taken before counts too."""
    desks: list[str] = field(default_factory=list)
    for_others: int = 0
    """Parts that are locked for another center."""
    refused: list[dict[str, Any]] = field(default_factory=list)
    """Parts that were not taken, as {from, part, status}; the next export of the desk brings them again."""
    missing: list[Missing] = field(default_factory=list)
    replies: list[Part] = field(default_factory=list)
    files: int = 0
    """Attached files of which parts came and that are whole here now."""
    pieces: int = 0
    """Pieces of files that go back to desks which lack them."""


def take(center: Center, found: Found, room: int = 0) -> Taken:
    """Take every whole part for this center, those of one desk in the order of its log.

    room: bytes that the bundle of answers may have with the files that desks lack; without room none go back.
    Raises BundleTorn where no part is whole, BundleForAnother where none is for this center.
    """
    if not found.parts:
        raise BundleTorn()
    mine = key_id(center.key.public).hex()
    ours = [part for part in found.parts if part.kind == "join" or (part.kind in _ORDER and part.to == mine)]
    taken = Taken(missing=list(found.missing), for_others=len(found.parts) - len(ours))
    if not ours:
        raise BundleForAnother()
    before = _held(center)
    answers: dict[str, _Reply] = {}
    asked: dict[str, bytes] = {}
    filed: list[_Reply] = []
    present: set[str] = set()
    pieces: list[_Made] = []
    for part in sorted(ours, key=_turn):
        message = _message(center, part)
        if message is None:
            taken.refused.append({"from": part.sender, "part": part.number, "status": "damaged"})
            continue
        desk, public_key, status, answer = _asked(center, part, message)
        if status != "ok":
            taken.refused.append({"from": part.sender, "part": part.number, "status": status})
        else:
            taken.parts += 1
        if public_key is not None and (part.kind == "join" or (part.kind == "sync" and status in _LEADS_ON)):
            answers[f"{part.kind} {desk}"] = "joined" if part.kind == "join" else "answer", public_key, answer
            asked[f"{part.kind} {desk}"] = message
        if part.kind == "files" and status == "ok" and public_key is not None:
            filed.append(("filed", public_key, answer))
            present |= _present(center, answer)
        if part.kind == "lacking" and status == "ok" and public_key is not None:
            most = max(room // _PIECE_BYTES - len(pieces), 0)
            pieces += [("piece", public_key, piece) for piece in center.pieces(message, most)]
        if desk not in taken.desks:
            taken.desks.append(desk)
    taken.events = sum(count - before.get(desk, 0) for desk, count in _held(center).items())
    replies = list(answers.values())
    for name, (kind, public_key, _answer) in answers.items():
        if kind == "answer":
            replies += [("page", public_key, page) for page in center.further_pages(asked[name], MOST_PAGES)]
    taken.files = len(present)
    taken.replies = _replies(center, [*replies, *filed], pieces, room)
    taken.pieces = sum(part.kind == "piece" for part in taken.replies)
    return taken


def _turn(part: Part) -> tuple[object, ...]:
    """Return what sorts the parts of a stick: files after every act, since an act names them."""
    return _ORDER.index(part.kind), part.sender, part.first, part.bundle, part.number


def _present(center: Center, answer: bytes) -> set[str]:
    """Return the events of an answer whose files are here whole."""
    files = read_signed(answer, center.key.public)["files"]
    return {str(one["event"]) for one in files if one["state"] == "present"}


def _message(center: Center, part: Part) -> bytes | None:
    if part.kind == "join":
        return part.message
    try:
        return center.key.unlocked(part.message)
    except ValueError:
        return None


def _asked(center: Center, part: Part, message: bytes) -> tuple[str, bytes | None, str, bytes]:
    """Return the desk that `message` is proved to come from, its key where it is known, status and answer."""
    http, answer = _ACTS[part.kind](center, message)
    status = "bad" if http == 400 else str(read_signed(answer, center.key.public)["status"])
    try:
        if part.kind == "join":
            asked = read_join_request(message)
            return asked.desk, asked.public_key, status, answer
        desk = claimed_desk(message)
    except BadMessage:
        return part.sender, None, status, answer
    with center.store.reading() as session:
        row = session.get(EnrolledDesk, desk)
    return desk, None if row is None else bytes.fromhex(row.public_key), status, answer


def _replies(center: Center, answers: Sequence[_Reply], pieces: Sequence[_Made], room: int) -> list[Part]:
    """Return the bundle of answers, locked, and behind them as many pieces of files as there is room for."""
    locked: list[tuple[Kind, bytes, bytes | Callable[[], bytes]]] = [
        (kind, public_key, locked_for(public_key, answer)) for kind, public_key, answer in answers
    ]
    left = room - sum(len(one) for _kind, _key, one in locked if isinstance(one, bytes))
    locked += [
        (kind, public_key, partial(_locked, public_key, piece))
        for kind, public_key, piece in pieces[: max(left // _PIECE_BYTES, 0)]
    ]
    bundle = center.chance.new_id()
    return [
        Part(bundle, center.about.id, kind, number, len(locked), key_id(public_key).hex(), (0, 0), one)
        for number, (kind, public_key, one) in enumerate(locked, start=1)
    ]


def _locked(public_key: bytes, made: Callable[[], bytes]) -> bytes:
    """Return a piece, locked; an empty one where its file went meanwhile, so that the reply is written all the same."""
    try:
        return locked_for(public_key, made())
    except OSError:
        return b""


def _held(center: Center) -> dict[str, int]:
    """Return how many events of each desk the center has."""
    with center.store.reading() as session:
        rows = session.connection().execute(
            select(col(DeskCursor.desk), func.sum(col(DeskCursor.seq))).group_by(col(DeskCursor.desk))
        )
        return {row[0]: int(row[1]) for row in rows}
