"""What a period adds up to: the periodic table with what stands beside it, closed periods, the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desk.cases import closing
from desk.cases.certifying import in_book
from desk.cases.closing import Closed
from desk.cases.context import Context, Officer
from desk.cases.lives import Gathered, gathered, index_of, names_of
from desk.errors.acts import PeriodWrong
from desk.rules.figures.index766 import IndexValue
from desk.rules.figures.lives import Period
from desk.rules.figures.table import Adjustment, By, Report, table
from desk.rules.survey import SurveyCount, survey_by
from desk.words import language
from storage.queries import desks, dossiers
from storage.queries.past import since_moment
from storage.tables.projected import DossierRow


@dataclass(frozen=True, slots=True)
class Counted:
    """A periodic table and what stands beside it."""

    report: Report
    closed: Closed | None
    """When exactly this period was closed, None where it is not or where it is told as of a moment."""
    survey_by_way: tuple[SurveyCount, ...]
    survey_by_officer: tuple[SurveyCount, ...]
    """Groups of fewer than five forms show nothing."""
    index: tuple[IndexValue, ...]
    """Indicators of decision 766 as far as this desk records what they count."""
    officers: Mapping[str, str]
    """The officers' names by id."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the desk counts over a period."""

    context: Context

    def report(
        self, from_day: date, to_day: date, by: By = "field", unit: str = "", known_at: datetime | None = None
    ) -> Report:
        """Return the periodic table alone, as `counted` does."""
        return self._counted(Period(from_day, to_day), by, unit, known_at)[0]

    def counted(
        self, from_day: date, to_day: date, by: By = "field", unit: str = "", known_at: datetime | None = None
    ) -> Counted:
        """Return the periodic table over two office days, both within, the survey's groups and the index beside it.

        A closed period comes as it was closed, with what later facts would change as adjustments. unit: only
        dossiers received by this unit. known_at: the table as it was known then, closed or not. Raises
        PeriodBackwards, PeriodOutOfReach.
        """
        period = Period(from_day, to_day)
        found, what, closed, officers = self._counted(period, by, unit, known_at)
        with self.context.store.reading() as session:
            index = index_of(self.context, session, what, period)
        return Counted(
            found,
            closed,
            survey_by(what.forms, from_day, to_day, "how"),
            survey_by(what.forms, from_day, to_day, "officer"),
            index,
            officers,
        )

    def _counted(
        self, period: Period, by: By, unit: str, known_at: datetime | None
    ) -> tuple[Report, Gathered, Closed | None, Mapping[str, str]]:
        context = self.context
        with context.store.reading() as session:
            later = None if known_at is None else since_moment(session, known_at)
            known = closing.closings(context, session)  # one look through the log
            if later is not None:
                known = [one for one in known if one.event not in later.events]
            closed = None if later is not None else closing.closed_as(known, period, unit)
            adjustments: tuple[Adjustment, ...] = ()
            if closed is not None:
                later = closing.known_at_closing(session, context, closed)
                known = [one for one in known if one.event not in later.events]
                adjustments = closing.adjustments_of(context, session, closed, by)
            what = gathered(context, session, period, unit, later)
            before = closing.closed_before(known, period.from_day, unit)
            open_before = closing.open_before(context, session, before, later)
            officers = desks.officer_names(session)
            session.expunge_all()
        keys = {life.unit for life in what.lives} | {life.competent_unit for life in what.lives}
        found = table(
            what.lives,
            period.from_day,
            period.to_day,
            by,
            names=names_of(context, by, keys, officers, vietnamese=language() == "vi"),
            forms=what.forms,
            early=context.settings.early if closed is None else closed.early,
            open_before=open_before,
            adjustments=adjustments,
        )
        return found, what, closed, officers

    def closed(self, from_day: date, to_day: date, unit: str = "") -> Closed | None:
        """Return when and by whom exactly this period was closed, None where it is not."""
        with self.context.store.reading() as session:
            return closing.closed_as(closing.closings(self.context, session), Period(from_day, to_day), unit)

    def close(self, from_day: date, to_day: date, officer: Officer, unit: str = "") -> Closed:
        """Close a period as it stands now; raises LeadNeeded, PeriodNotOver, PeriodClosed."""
        return closing.close(self.context, from_day, to_day, officer, unit)

    def holds(self, closed: Closed) -> bool:
        """Return whether the log still gives the closed table: its hash, counted again."""
        with self.context.store.reading() as session:
            later = closing.known_at_closing(session, self.context, closed)
            what = gathered(self.context, session, closed.period, closed.unit, later)
        return closing.hash_of_table(closing.table_of(what, closed.period, closed.early)) == closed.hash

    def register(self, from_day: date, to_day: date, book: str = "") -> tuple[DossierRow, ...]:
        """Return the dossiers accepted in a period, in the order of acceptance; book: those of one, by its numbers."""
        period = Period(from_day, to_day)
        with self.context.store.reading() as session:
            rows = dossiers.accepted_between(session, self.context.log.identity.unit, period.starts_at, period.ends_at)
            session.expunge_all()
            return tuple(in_book(rows, book))


def period_of(first: str, last: str) -> tuple[date, date]:
    """Return the days written in ISO text; raises PeriodWrong."""
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise PeriodWrong(first=first[:20], last=last[:20]) from error
    if days[1] < days[0]:
        raise PeriodWrong(first=first, last=last)
    return days
