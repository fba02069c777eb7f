"""What a desk that is up to date asks: to be told when there is something for it. The word is a yes, never content.

So it needs no nonce: what there is, the desk takes by its next exchange. What other units' dossiers became (stubs)
changes all day and wakes nobody; it is told when the wait is over.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlmodel import Session

from storage.center import pages
from storage.center.tables import EnrolledDesk
from storage.messages import BadMessage, claimed_desk, read_signed, typed
from storage.pages import Wanted, read_wanted

LONGEST_S: Final = 25
"""A desk waits so long at most: below what networks between keep a silent line open."""


class Question(NamedTuple):
    """What a desk asks."""

    desk: EnrolledDesk
    wanted: Wanted
    life: str
    """Of which life of which center its cursor speaks, "" where it has read nothing yet."""
    wait_s: int


def read(session: Session, message: bytes) -> Question | None:
    """Return the question in `message`, None from a desk that is not known here; raises BadMessage."""
    desk = session.get(EnrolledDesk, claimed_desk(message))
    if desk is None:
        return None
    value = read_signed(message, bytes.fromhex(desk.public_key))
    if typed(value, "desk", str) != desk.desk:
        raise BadMessage("the envelope names another desk")
    wait_s = min(max(typed(value, "wait", int), 0), LONGEST_S)
    return Question(desk, read_wanted(value.get("pull")), typed(value, "life", str), wait_s)


def is_there(session: Session, asked: Question, life: str, now: datetime, *, all_of_it: bool) -> bool:
    """Return whether there is something for the desk: of its unit's events, or with `all_of_it` of anything."""
    if asked.life not in ("", life):
        return True
    wanted = asked.wanted if all_of_it else Wanted(asked.wanted.cursor, asked.wanted.unit, 1)
    page = pages.page(session, asked.desk, wanted, now)
    return not page.is_empty if all_of_it else bool(page.unit or page.feed or page.marks)


def told(value: bool, *, is_held: bool) -> dict[str, Any]:
    """Return the answer; is_held: whether the center lets this desk wait."""
    return {"status": "ok", "news": value, "held": is_held}
