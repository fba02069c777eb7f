"""Asking how satisfied a citizen was: the answer stands apart from the dossier, which only says it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk.cases.context import Context, Officer
from desk.cases.lines import found_row
from desk.errors.acts import SurveyLevelUnknown
from desk.rules.survey import ANSWERS, CRITERIA, LEVELS, Level, Way, is_quick
from desk.text import clean


@dataclass(frozen=True, slots=True)
class Captured:
    """One form that is saved; form is its id, "" for a refusal to answer."""

    form: str
    level: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Captures survey forms."""

    context: Context

    def capture(
        self,
        code: str | None,
        level: str,
        officer: Officer,
        *,
        how: Way = "screen",
        reason: str = "",
        comment: str = "",
        seconds: float | None = None,
        criteria: Mapping[str, Level] | None = None,
    ) -> Captured:
        """Write down one answer; `code` None is a walk-in without a dossier.

        The form names unit, officer and field, never the dossier; the dossier only keeps that it was asked.
        seconds: how long the citizen took, flagged up to two. criteria: the answers of the longer form.
        Raises SurveyLevelUnknown, DossierUnknown; ValueError for a criterion that no form has.
        """
        if level not in ANSWERS:
            raise SurveyLevelUnknown(level=level[:30])
        criteria = dict(criteria or {})
        if any(name not in CRITERIA or answer not in LEVELS for name, answer in criteria.items()):
            raise ValueError("no such criterion")
        with self.context.log.act(officer.id) as act:
            field, receiver = "", officer.id
            if code is not None:
                row = found_row(act.session, code)
                field, receiver = row.field, row.officer or officer.id
                answer = "declined" if level == "declined" else "answered"
                act.append("survey.asked", {"answer": answer}, dossier=row.id)
            body: dict[str, Any] = {
                "unit": self.context.log.identity.unit,
                "officer": receiver,
                "field": field,
                "level": level,
                "how": how,
                "quick": seconds is not None and is_quick(seconds),
            }
            if criteria:
                body["criteria"] = criteria
            if reason:
                body["reason"] = clean(reason)[:60]
            comment = clean(comment, lines=True)[:2000]
            event = act.append("survey.captured", body, {"comment": comment} if comment else None)
        return Captured(event.head.id, level)

    def unanswered(self, code: str, officer: Officer) -> None:
        """Write down that the citizen was asked and went without an answer; that is not `declined`."""
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            act.append("survey.asked", {"answer": "no_answer"}, dossier=row.id)
