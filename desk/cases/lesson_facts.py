"""What the log and the dossiers of a home say to a lesson: facts by name, ids of people turned into the lesson's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from desk.cases.context import Context
from desk.rules.lessons.facts import OF_EVENT, Fact
from desk.rules.lessons.lesson import Lesson
from desk.rules.lessons.wants import Happened
from desk.rules.proof import short_digits
from storage.queries import desks, dossiers, events, own
from storage.store import Session
from storage.tables.projected import DossierRow

_PEOPLE: Final = ("owner", "submitter", "proxy", "receiver")


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """Reads one home for its lesson."""

    context: Context

    def position(self) -> int:
        """Return where the log ends now."""
        with self.context.store.reading() as session:
            return events.last_position(session)

    def beyond(self, position: int) -> list[Happened]:
        """Return what this desk wrote beyond `position`, in order."""
        with self.context.store.reading() as session:
            found = events.beyond(session, self.context.settings.desk, position)
        return [Happened(at, event.head.kind, event.head.dossier or "", _of_event(event.body)) for at, event in found]

    def of(self, dossier: str, lesson: Lesson) -> Mapping[str, Fact]:
        """Return the facts of a dossier as it stands now, {} where there is none."""
        with self.context.store.reading() as session:
            row = dossiers.by_id(session, dossier)
            return {} if row is None else self._facts(session, row, lesson)

    def slip_digits(self, dossier: str) -> str:
        """Return the short form of a dossier, "" before it has one."""
        with self.context.store.reading() as session:
            row = dossiers.by_id(session, dossier)
            return short_digits(int(row.tracking)) if row is not None and row.tracking else ""

    def owner_and_code(self, dossier: str) -> str:
        """Return how a menu names a dossier, "" where there is none that is valid."""
        with self.context.store.reading() as session:
            row = dossiers.by_id(session, dossier)
            return f"{row.owner_name}, {row.code}" if row is not None and row.status and row.code else ""

    def _facts(self, session: Session, row: DossierRow, lesson: Lesson) -> dict[str, Fact]:
        now = self.context.clock()
        people: Mapping[str, Any] = row.people or {}
        owner = people.get("owner") or {}
        named = {one: _citizen_of(lesson, people.get(one)) for one in _PEOPLE}
        state = own.sync_state(session)
        have = state.have or {"epoch": 1, "seq": 0}
        desk = self.context.settings.desk
        unsent = dossiers.events_beyond(session, row.id, desk, have["epoch"], have["seq"])
        return {
            **named,
            "procedure": row.procedure,
            "status": row.status,
            "channel": row.channel,
            "book": row.book,
            "survey": row.survey,
            "cause": tuple(str(one.get("cause", "")) for one in row.delays or ()),
            "paper": tuple(paper.kind for paper in desks.papers_of(session, row.id) if paper.state != "voided"),
            "name": row.owner_name,
            "phone": str(owner.get("phone", "")),
            "address": str(owner.get("address", "")),
            "note": row.note,
            "place": row.place,
            "pages": row.pages,
            "copies": row.copies,
            "sets": row.set_count,
            "fee_dong": row.fee_dong,
            "apologised": row.apologised_at is not None,
            "overdue": row.due_at is not None and (row.resolved_at or now) > row.due_at,
            "sent": unsent == 0,
        }


def _of_event(body: Mapping[str, Any]) -> dict[str, Fact]:
    return {name: body[name] for name in OF_EVENT if isinstance(body.get(name), str | int | bool)}


def _citizen_of(lesson: Lesson, person: Mapping[str, Any] | None) -> Fact:
    """Return the lesson's id of a person by his number, None for nobody and for others."""
    number = (person or {}).get("personal_id", "")
    return next((one.id for one in lesson.citizens if number and one.person.personal_id == number), None)
