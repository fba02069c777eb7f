"""What the three acts ask, show beforehand and do: a cause, an apology, a fault. No widget here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from desk.errors.base import DeskError
from desk.rules.delays import CAUSES, Outage, check_delay
from desk.words import N_, _
from screens import errands, phrases
from screens.widgets.facts import Fact

if TYPE_CHECKING:
    from desk.cases.papers import MadePaper
    from desk.cases.views import DossierView
    from desk.rules.delays import Blame, Cause
    from screens.seat import Seat

FIELDS: Final = ("from", "until", "new-due", "unit", "evidence", "measures")
MOMENTS: Final = ("from", "until", "new-due")
LIES: Final[Mapping[Blame, str]] = {
    "system": N_("a shared system"),
    "body": N_("the body at work"),
    "citizen": N_("the citizen"),
    "desk": N_("this desk"),
    "none": N_("nobody"),
}


class Typed(NamedTuple):
    """What stands in the fields."""

    cause: str
    moments: Mapping[str, datetime]
    unit: str
    evidence: str
    measures: str


class Done(NamedTuple):
    """What was saved: the sentence that says so, and the print jobs of its papers."""

    said: str
    jobs: tuple[str, ...] = ()
    trouble: DeskError | None = None
    """Why its paper could not be made: the act is saved all the same, and the paper stays owed."""


class Act(Protocol):
    """One of the three acts, for one errand."""

    fields: tuple[str, ...]
    causes: tuple[Cause, ...]
    gaps: tuple[tuple[datetime, datetime], ...]
    checked: Typed | None
    """What was last shown as it will be saved."""

    def facts(self, cause: Cause | None) -> list[Fact]:
        """Return what it is about."""
        ...

    def promise(self) -> str:
        """Return what saving does, before the fields are filled."""
        ...

    def check(self, typed: Typed) -> str:
        """Return what saving does with what was typed; in a thread, raises DeskError."""
        ...

    def save(self, typed: Typed) -> Done:
        """Save; in a thread, raises DeskError."""
        ...


def begin(seat: Seat, errand: errands.ExplainDelay | errands.RecordOutage) -> Act:
    """Return the act that an errand means; in a thread, raises DossierUnknown."""
    if isinstance(errand, errands.RecordOutage):
        now = seat.services.context.clock()
        gaps = tuple((start, end or now) for start, end in seat.services.delays.link_outages())
        return _Fault(seat, gaps=gaps)
    view = seat.services.lookup.show(errand.dossier)
    return _Apology(seat, view) if errand.apologise else _Delay(seat, view)


@dataclass(slots=True)
class _OfDossier:
    """What the two acts of one dossier share: its lines, all causes, and the account that a cause demands."""

    seat: Seat
    view: DossierView
    fields: tuple[str, ...] = ("unit", "evidence")
    causes: tuple[Cause, ...] = CAUSES
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    checked: Typed | None = None

    @property
    def said(self) -> str:
        """Which act it is, in the officer's language."""
        raise NotImplementedError

    def facts(self, cause: Cause | None) -> list[Fact]:
        return _facts(self.seat, self.view, cause, self.said)


@dataclass(slots=True)
class _Delay(_OfDossier):
    """Says why one dossier is or will be late."""

    @property
    def said(self) -> str:
        return _("why it is late")

    def promise(self) -> str:
        return _("The cause is kept with the dossier; its time runs on.")

    def check(self, typed: Typed) -> str:
        check_delay(typed.cause, body=typed.unit, evidence=typed.evidence)
        self.checked = typed
        return self.promise()

    def save(self, typed: Typed) -> Done:
        code = self.seat.services.delays.record(
            self.view.line.id, typed.cause, self.seat.officer, body=typed.unit, evidence=typed.evidence
        )
        return Done(
            _("Saved: {code}, cause of delay: {cause}.").format(code=code, cause=phrases.cause_words(typed.cause))
        )


@dataclass(slots=True)
class _Apology(_OfDossier):
    """Extends one dossier with an apology."""

    fields: tuple[str, ...] = ("new-due", "unit", "evidence")

    @property
    def said(self) -> str:
        return _("apology and new date")

    def promise(self) -> str:
        return _("The apology with the new date is printed; there is only one.")

    def check(self, typed: Typed) -> str:
        check_delay(typed.cause, body=typed.unit, evidence=typed.evidence)
        due_at = typed.moments["new-due"]
        self.seat.services.delays.may_apologise(self.view.line.id, self.seat.officer, due_at)
        self.checked = typed
        said = _("New date: {moment}.").format(moment=phrases.moment(due_at))
        return f"{said} {self.promise()}"

    def save(self, typed: Typed) -> Done:
        services, officer = self.seat.services, self.seat.officer
        done = services.delays.apologise(
            self.view.line.id,
            typed.moments["new-due"],
            typed.cause,
            officer,
            body=typed.unit,
            evidence=typed.evidence,
        )
        said = _("Saved: {code}, new date {moment}; the apology is being printed.")
        return _with_papers(
            said.format(code=done.code, moment=phrases.moment(done.due_at)),
            lambda: services.papers.make_owed(done.dossier, officer),
        )


@dataclass(slots=True)
class _Fault:
    """Writes down one fault for all dossiers that it held up."""

    seat: Seat
    gaps: tuple[tuple[datetime, datetime], ...]
    fields: tuple[str, ...] = ("from", "until", "unit", "evidence", "measures")
    causes: tuple[Cause, ...] = tuple(cause for cause in CAUSES if cause.is_outage)
    checked: Typed | None = None

    def facts(self, cause: Cause | None) -> list[Fact]:
        known = (
            _("F4 in the fields: breaks of the link, {n}").format(n=len(self.gaps)) if self.gaps else _("none known")
        )
        facts = [
            Fact(N_("Fault"), _("once for every dossier that it held up"), "strong"),
            Fact(N_("Link"), known),
        ]
        return [*facts, Fact(N_("Cause"), _(cause.name))] if cause is not None else facts

    def promise(self) -> str:
        return _("The fault is kept with every dossier that it held up; its record is printed.")

    def check(self, typed: Typed) -> str:
        held = self.seat.services.delays.held_up(self._outage(typed))
        self.checked = typed
        codes = ", ".join(phrases.code_tail(one.code, self.seat.agency_code) for one in held[:4])
        if len(held) > 4:
            codes += ", …"
        said = _("Dossiers held up: {n}").format(n=len(held))
        return f"{said}{f' ({codes})' if codes else ''}. {self.promise()}"

    def save(self, typed: Typed) -> Done:
        services, officer = self.seat.services, self.seat.officer
        done = services.delays.outage(
            self._outage(typed), officer, body=typed.unit, evidence=typed.evidence, measures=typed.measures
        )
        said = _("Saved: the fault. Dossiers held up: {n}; its record is being printed.")
        return _with_papers(
            said.format(n=len(done.dossiers)),
            lambda: [services.papers.lists.of_event(done.event, "outage", officer)],
        )

    @staticmethod
    def _outage(typed: Typed) -> Outage:
        return Outage(typed.cause, typed.moments["from"], typed.moments["until"])


def _with_papers(said: str, make: Callable[[], Iterable[MadePaper]]) -> Done:
    try:
        return Done(said, tuple(paper.job for paper in make()))
    except DeskError as trouble:
        return Done(said, (), trouble)


def _facts(seat: Seat, view: DossierView, cause: Cause | None, act: str) -> list[Fact]:
    line, now = view.line, seat.services.context.clock()
    due = " · ".join(
        part for part in (phrases.moment(line.due_at) if line.due_at else "", phrases.due_words(line, now)) if part
    )
    facts = [
        Fact(N_("Code"), f"{line.code} · {act}", "strong"),
        Fact(N_("Owner"), f"{line.owner} · {line.alias}"),
        Fact(N_("Due"), due),
    ]
    known = ", ".join(phrases.cause_words(one) for one in view.causes)
    if known:
        facts.append(Fact(N_("Known so far"), known))
    if cause is not None:
        facts.append(Fact(N_("Cause"), _(cause.name)))
    return facts
