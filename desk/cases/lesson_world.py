"""The dossiers that are there before a lesson begins, written into its home by the rules that accept real ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from desk.cases.context import Context, Officer
from desk.cases.intake import accept_within, cleaned
from desk.cases.moves import move_within
from desk.cases.officers import Officers
from desk.rules.dossier import IntakeForm, Status
from desk.rules.lessons.lesson import Lesson, Prepared
from storage.queries import dossiers

_PASSED_ON: Final = timedelta(hours=1)
_RESOLVED: Final = timedelta(hours=2)
"""So long after its acceptance a prepared dossier was passed on, and its result was there."""


def write_dossiers(context: Context, lesson: Lesson) -> dict[str, str]:
    """Write the prepared dossiers of `lesson`, the oldest first; returns their ids by the lesson's, in its order.

    Raises RuleBroken where the rules would not accept one: a fee that is not known, a unit that does not exist.
    """
    officer = Officers(context).all()[0]._replace(role="lead")
    ordered = sorted(lesson.dossiers, key=lambda one: one.accepted_at)
    written = {one.id: _write(context, lesson, one, officer) for one in ordered}
    return {one.id: written[one.id] for one in lesson.dossiers}


def _write(context: Context, lesson: Lesson, one: Prepared, officer: Officer) -> str:
    owner = lesson.citizen(one.owner)
    assert owner is not None, one.owner  # the lesson's file was refused otherwise
    form = IntakeForm(one.procedure, owner, fee_dong=one.fee_dong, fee_ground=one.fee_ground)
    with context.log.act(officer.id) as act:
        accepted = accept_within(context, act, cleaned(form), at=one.accepted_at, slip=False)
    if one.status in ("processing", "resolved") and (one.unit or one.status == "processing"):
        _move(context, accepted.dossier, "processing", one.unit, officer, one.accepted_at + _PASSED_ON)
    if one.status == "resolved":
        _move(context, accepted.dossier, "resolved", "", officer, one.accepted_at + _RESOLVED)
    return accepted.dossier


def _move(context: Context, dossier: str, to: Status, unit: str, officer: Officer, at: datetime) -> None:
    with context.log.act(officer.id) as act:
        row = dossiers.by_id(act.session, dossier)
        assert row is not None
        move_within(context, act, row, to, officer, unit=unit, event_at=min(at, act.now))
