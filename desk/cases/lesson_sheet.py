"""The trainee's sheet at the end of a lesson: a table (CSV) of its steps. A name stands in it only if one was typed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from desk.cases.learning import Learning
from desk.rules.lessons.score import points_of
from desk.text import clean_line
from desk.words import _

SHEET_FILE: Final = "sheet.csv"
_FORMULA: Final = ("=", "+", "-", "@")
_MOST_LETTERS: Final = 100


def write_sheet(learning: Learning, name: str = "") -> Path:
    """Write the sheet into the lesson's home and return its path; name: of the trainee, as the trainer typed it.

    UTF-8 with its mark, so that a spreadsheet program reads the letters; nothing in it is ever a formula.
    """
    path = learning.practice.context.home / SHEET_FILE
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows_of(learning, _unformed(name)))
    return path


def rows_of(learning: Learning, name: str = "") -> list[list[str]]:
    """Return the rows: headings, one for each step, the sum."""
    lesson, score = learning.lesson, learning.score
    who = [_("Lesson"), _("Trainee"), _("Step")]
    how = [_("Done"), _("Hints"), _("Shown"), _("Mistakes"), _("Seconds"), _("Seconds of the norm")]
    rows = [[*who, *how, _("Points"), _("Out of")]]
    words = (_("no"), _("yes"))
    for step, done in zip(lesson.steps, learning.done, strict=True):
        went = [words[done.is_done], str(done.hints), words[done.was_shown], str(done.mistakes)]
        points = [str(round(done.seconds)), str(step.seconds), str(points_of(step, done)), str(step.points)]
        rows.append([lesson.id, name, step.id, *went, *points])
    went = [
        words[score.is_passed],
        str(sum(done.hints for done in learning.done)),
        str(sum(done.was_shown for done in learning.done)),
        str(sum(done.mistakes for done in learning.done)),
    ]
    norm = str(sum(step.seconds for step in lesson.steps))
    passed = _("passed") if score.is_passed else _("not passed")
    rows.append([lesson.id, name, passed, *went, str(score.seconds), norm, str(score.points), str(score.of)])
    return rows


def _unformed(name: str) -> str:
    """Return a name as it may stand in a cell."""
    name = clean_line(name)[:_MOST_LETTERS]
    return f" {name}" if name.startswith(_FORMULA) else name
