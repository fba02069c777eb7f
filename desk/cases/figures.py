"""Counts of the day, lists of what presses, the periodic table and the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast

from desk.cases.context import Context
from desk.cases.reading import day_bounds, lines_of, soon_until
from desk.cases.views import DossierLine
from desk.clock import from_ms, office_day
from desk.errors.acts import PeriodWrong
from desk.rules.dossier import Channel
from desk.rules.figures.lives import DossierLife, DueSet, Payment, Period, Wait
from desk.rules.figures.table import By, Report, table
from desk.rules.survey import Answer, SurveyForm, Way
from desk.words import language
from storage.queries import dossiers, own
from storage.store import Session
from storage.tables.projected import DossierRow, SurveyFormRow

LISTS: Final = ("due_today", "due_tomorrow", "overdue", "waiting", "inbox", "uncollected", "unlinked", "held")
"""The lists of the home screen, opened by the digits 1 to 8."""


@dataclass(frozen=True, slots=True)
class Today:
    """The counts of the home screen."""

    accepted: int
    returned: int
    due_today: int
    due_tomorrow: int
    """Due on the next working day."""
    overdue: int
    inbox: int
    waiting: int
    """Waiting for a supplement or a payment of the citizen."""
    uncollected: int
    unlinked: int
    held: int
    """Open dossiers held by another body."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the desk counts and lists."""

    context: Context

    def today(self) -> Today:
        """Return the counts as of now."""
        now = self.context.clock()
        start, end = day_bounds(now)
        tomorrow_end = self._tomorrow_end(now)
        with self.context.store.reading() as session:
            return Today(
                accepted=dossiers.count_moment(session, "accepted_at", start, end),
                returned=dossiers.count_moment(session, "returned_at", start, end),
                due_today=dossiers.count_due_between(session, now, end),
                due_tomorrow=dossiers.count_due_between(session, end, tomorrow_end),
                overdue=dossiers.count_due_between(session, None, now),
                inbox=dossiers.count_status(session, "filed"),
                waiting=dossiers.count_status(session, "supplement_requested")
                + dossiers.count_status(session, "payment_requested"),
                uncollected=dossiers.count_status(session, "resolved"),
                unlinked=dossiers.count_unlinked(session),
                held=dossiers.count_held(session, self.context.log.identity.unit),
            )

    def listed(self, name: str, limit: int = 1000) -> tuple[DossierLine, ...]:
        """Return one of LISTS; raises ValueError for another name."""
        now = self.context.clock()
        _start, end = day_bounds(now)
        tomorrow_end = self._tomorrow_end(now)
        asked: dict[str, Callable[[Session], list[DossierRow]]] = {
            "due_today": lambda session: dossiers.due_between(session, now, end, limit),
            "due_tomorrow": lambda session: dossiers.due_between(session, end, tomorrow_end, limit),
            "overdue": lambda session: dossiers.due_between(session, None, now, limit),
            "waiting": lambda session: dossiers.with_status(
                session, ("supplement_requested", "payment_requested"), limit
            ),
            "inbox": lambda session: dossiers.with_status(session, ("filed",), limit),
            "uncollected": lambda session: dossiers.with_status(session, ("resolved",), limit),
            "unlinked": lambda session: dossiers.unlinked(session, limit),
            "held": lambda session: dossiers.held(session, self.context.log.identity.unit, limit),
        }
        if name not in asked:
            raise ValueError(name)
        with self.context.store.reading() as session:
            return lines_of(self.context, asked[name](session), now)

    def next_working_day(self) -> date:
        """Return the day of the list `due_tomorrow`: the next on which the desk works."""
        return soon_until(self.context, self.context.clock())

    def _tomorrow_end(self, now: datetime) -> datetime:
        return day_bounds(now, (soon_until(self.context, now) - office_day(now)).days)[1]

    def report(self, from_day: date, to_day: date, by: By = "field", unit: str = "") -> Report:
        """Return the periodic table over two office days, both within; raises PeriodWrong and the like.

        unit: only dossiers received by this unit.
        """
        period = Period(from_day, to_day)
        with self.context.store.reading() as session:
            rows = dossiers.touched(session, period.starts_at, period.ends_at)
            forms = own.survey_forms(session, period.starts_at, period.ends_at)
            officers = {one.id: one.name for one in own.officers(session)}
        if unit:
            rows = [row for row in rows if row.unit == unit]
            forms = [form for form in forms if form.unit == unit]
        lives = [self._life(row) for row in rows]
        return table(
            lives, from_day, to_day, by, names=self._names(by, lives, officers), forms=[_form(one) for one in forms]
        )

    def register(self, from_day: date, to_day: date) -> tuple[DossierRow, ...]:
        """Return the dossiers accepted in a period, in the order of acceptance."""
        period = Period(from_day, to_day)
        with self.context.store.reading() as session:
            rows = dossiers.accepted_between(session, period.starts_at, period.ends_at)
            session.expunge_all()
            return tuple(rows)

    def _life(self, row: DossierRow) -> DossierLife:
        procedure = self.context.reference.of_version(row.catalogue).procedures.get(row.procedure)
        paid = [fee for fee in row.fees or () if not fee.get("voided")]
        return DossierLife(
            id=row.id,
            code=row.code or "",
            unit=row.unit,
            field=row.field,
            procedure=row.procedure,
            officer=row.officer,
            channel=cast(Channel, row.channel),
            competent_unit=row.competent_unit,
            online_level=procedure.online_level if procedure is not None else "",
            is_no_boundary=bool(row.competent_unit) and row.competent_unit != row.unit,
            filed_at=row.filed_at,
            accepted_at=row.accepted_at,
            refused_at=row.refused_at,
            resolved_at=row.resolved_at,
            stopped_at=row.stopped_at,
            is_withdrawn=row.stopped_at is not None and row.withdrawal_at is not None,
            dues=tuple(DueSet(from_ms(set_at), from_ms(due_at)) for set_at, due_at in row.dues or ()),
            waits=tuple(
                Wait(from_ms(wait["from"]), None if wait["to"] is None else from_ms(wait["to"]))
                for wait in row.waits or ()
            ),
            apologised_at=row.apologised_at,
            payments=tuple(
                Payment(from_ms(fee["at"]), fee.get("form") == "online", bool(fee.get("receipt"))) for fee in paid
            ),
        )

    def _names(self, by: By, lives: Iterable[DossierLife], officers: dict[str, str]) -> dict[str, str]:
        if by == "officer":
            return officers
        if by in ("unit", "competent_unit"):
            keys = {life.unit for life in lives} | {life.competent_unit for life in lives}
            return {key: self.context.reference.unit_name(key) for key in keys if key}
        procedures = self.context.reference.now().procedures.values()
        vietnamese = language() == "vi"
        if by == "procedure":
            return {one.code: one.alias if vietnamese else one.name_en for one in procedures}
        return {one.field_code: one.field_vi if vietnamese else one.field_en for one in procedures}


def _form(row: SurveyFormRow) -> SurveyForm:
    level, how = cast(Answer, row.level), cast(Way, row.how)
    return SurveyForm(row.captured_at, level, how, row.unit, row.officer, row.field, bool(row.is_quick))


def period_of(first: str, last: str) -> tuple[date, date]:
    """Return the days written in ISO text; raises PeriodWrong."""
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise PeriodWrong(first=first[:20], last=last[:20]) from error
    if days[1] < days[0]:
        raise PeriodWrong(first=first, last=last)
    return days
