"""Fills a test or practice home with invented dossiers: the stories of `desk.rules.invented` replayed into the log.

One transaction a simulated day. The same rules accept and move them as real ones; the clock rules do not apply.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from desk.cases import people
from desk.cases.clockwork import Clockwork
from desk.cases.context import Context, Officer
from desk.cases.inbox import file_within
from desk.cases.intake import accept_within, cleaned
from desk.cases.moves import move_within
from desk.cases.officers import Officers
from desk.cases.reference import Catalogue, Reference
from desk.clock import office_day
from desk.errors.acts import SimulationRefused
from desk.rules.calendar import Calendar
from desk.rules.invented.dice import Dice
from desk.rules.invented.office import simulated_span
from desk.rules.invented.story import Happening, Step, Story, WalkIn, by_day
from desk.rules.invented.truth import truth_lines
from desk.rules.invented.world import Place, invented_world
from desk.rules.survey import QUICK_S
from storage.log import Act
from storage.projections.fold import State, apply, blank
from storage.projections.upsert import found
from storage.queries import desks
from storage.tables.projected import DossierRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be invented; without days, back from the clock's day at about 70 a day."""

    dossiers: int
    seed: int
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was invented and written."""

    from_day: date
    to_day: date
    dossiers: int
    events: int
    surveys: int


class _Standing(Reference):
    """Reference data that nobody changes meanwhile: asked once and not for each of thousands of dossiers."""

    def __init__(self, real: Reference) -> None:
        super().__init__(real.store)
        self._catalogue = real.now()
        self._hours = real.calendar()

    def now(self) -> Catalogue:
        """Return the catalogue as it was at the beginning."""
        return self._catalogue

    def of_version(self, version: str) -> Catalogue:
        """Return the catalogue of `version`."""
        return self._catalogue if version == self._catalogue.version else super().of_version(version)

    def calendar(self) -> Calendar:
        """Return the office's calendar as it was at the beginning."""
        return self._hours


@dataclass
class _Replay:
    """The states of the dossiers under way, which no projection shows before its day is committed."""

    context: Context
    officer: Officer
    ids: dict[int, str] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    today: dict[str, State] = field(default_factory=dict)
    events: int = 0
    surveys: int = 0


@dataclass(frozen=True, slots=True)
class Simulating:
    """Invents dossiers; dice: makes the dice of a seed (`random.Random`)."""

    context: Context
    dice: Callable[[int], Dice]

    def run(self, wanted: Wanted, truth: Callable[[str], object] | None = None) -> Simulated:
        """Fill the home and return what was written; the same seed writes the same world.

        truth: takes each line of what happened before any rule ran. Raises SimulationRefused on a real desk
        that was not set up for tests, NoWorkingDay, CalendarEnds.
        """
        context = replace(self.context, reference=_Standing(self.context.reference))
        if not (context.practice or context.settings.allow_test_clock):
            raise SimulationRefused()
        now = context.clock()
        catalogue, calendar = context.reference.now(), context.reference.calendar()
        place = context.place()
        span = (
            (wanted.from_day, wanted.to_day)
            if wanted.from_day is not None and wanted.to_day is not None
            else simulated_span(calendar, now, wanted.dossiers)
        )
        world = invented_world(
            self.dice(wanted.seed),
            Place(
                tuple(catalogue.procedures.values()),
                tuple(catalogue.units.values()),
                calendar,
                place.unit,
                place.agency_code,
            ),
            count=wanted.dossiers,
            span=span,
            until=now,
        )
        replay = _Replay(context, _lead(context))
        walk_ins = list(world.walk_ins)
        for day, happenings in by_day(world.stories):
            of_day = [one for one in walk_ins if office_day(one.at) == day]
            _replay_day(replay, happenings, of_day)
        replay.events += _confirm_clock(self.context, replay.officer)
        if truth is not None:
            for line in truth_lines(world, replay.codes):
                truth(line)
        return Simulated(world.first, world.last, len(world.stories), replay.events, replay.surveys)


def _confirm_clock(context: Context, officer: Officer) -> int:
    """Write down that the clock is right where a history that ended long ago would cast doubt on it; count it."""
    clockwork = Clockwork(context, standing=True)
    if clockwork.doubt() is None:
        return 0
    clockwork.confirm(officer)
    return 1


def _lead(context: Context) -> Officer:
    first = Officers(context).all()[0]
    return first._replace(role="lead")


def _replay_day(replay: _Replay, happenings: tuple[Happening, ...], walk_ins: list[WalkIn]) -> None:
    with replay.context.log.act(replay.officer.id) as act:
        desk = desks.the_desk(act.session, replay.context.settings.desk)
        assert desk is not None  # held here, so that each acceptance finds it in the session
        known = [replay.ids[one.story.number] for one in happenings if one.story.number in replay.ids]
        replay.today = found(act.session, DossierRow, list(dict.fromkeys(known)))
        for dossier, state in replay.today.items():
            act.remember(dossier, state["heads"])
        done = 0
        skip: set[int] = set()
        for happening in happenings:
            number = happening.story.number
            if number in skip and happening.step.what in ("resolved", "returned"):
                continue  # handed over at once: written with its acceptance
            _replay_step(replay, act, happening.story, happening.step, skip)
            for event in act.events[done:]:
                if event.head.dossier is not None:
                    apply(replay.today.setdefault(event.head.dossier, blank(event)), event)
            done = len(act.events)
        for walk_in in walk_ins:
            _capture(replay, act, None, walk_in.answer, walk_in.seconds, walk_in)
        replay.events += len(act.events)


def _replay_step(replay: _Replay, act: Act, story: Story, step: Step, skip: set[int]) -> None:
    context, number = replay.context, story.number
    if step.what == "filed":
        replay.ids[number] = file_within(context, act, cleaned(story.form), at=step.at)
        if story.form.code:
            replay.codes[number] = story.form.code
    elif step.what == "accepted":
        filed = replay.ids.get(number)
        accepted = accept_within(
            context,
            act,
            cleaned(story.form),
            hand_over_now=story.at_once,
            at=step.at,
            slip=False,
            filed=_row(replay, filed) if filed is not None else None,
        )
        replay.ids[number], replay.codes[number] = accepted.dossier, accepted.code
        if story.at_once:
            skip.add(number)
    elif step.what == "surveyed":
        _capture(replay, act, story, step.answer, step.seconds, step)
    else:
        _move(replay, act, story, step)


def _move(replay: _Replay, act: Act, story: Story, step: Step) -> None:
    body: dict[str, Any] = {}
    private: dict[str, Any] = {}
    if step.what == "returned":
        body = {"how": "post" if step.how == "post" else "counter", "lost_slip": False}
        if step.consignment:
            body["consignment"] = step.consignment
        taker = step.receiver or story.form.submitter or story.form.owner
        private = {"receiver": people.written(taker)}
    move_within(
        replay.context,
        act,
        _row(replay, replay.ids[story.number]),
        step.status,
        replay.officer,
        unit=step.to_unit,
        reason=step.reason,
        body=body,
        private=private,
        event_at=step.at,
    )


def _row(replay: _Replay, dossier: str) -> DossierRow:
    """Return the dossier as this day's events left it: the fields of a row, not a row of the database."""
    return cast(DossierRow, SimpleNamespace(**replay.today[dossier]))


def _capture(replay: _Replay, act: Act, story: Story | None, answer: str, seconds: int, moment: Step | WalkIn) -> None:
    field_code = ""
    if story is not None:
        dossier = replay.ids[story.number]
        field_code = str(replay.today[dossier]["field"])
        asked = answer if answer in ("declined", "no_answer") else "answered"
        act.append("survey.asked", {"answer": asked}, dossier=dossier, at=moment.at)
    if answer == "no_answer":
        return
    body = {
        "unit": replay.context.log.identity.unit,
        "officer": replay.officer.id,
        "field": field_code,
        "level": answer,
        "how": "screen",
        "quick": seconds < QUICK_S,
    }
    act.append("survey.captured", body, at=moment.at)
    replay.surveys += 1
