"""The citizen's survey: levels, ways of capture, and what a small group must not show (decisions, 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from desk.clock import office_day
from desk.rules.shares import Share

Level = Literal["very_satisfied", "satisfied", "dissatisfied"]
"""The three levels of Thông tư 01/2018/TT-VPCP and of the press (domain, 9)."""
Answer = Literal["very_satisfied", "satisfied", "dissatisfied", "declined"]
Way = Literal["screen", "phone", "paper"]
"""On the desk's turned screen, by the citizen's phone, or typed from a paper form."""

LEVELS: tuple[Level, ...] = get_args(Level)
ANSWERS: tuple[Answer, ...] = get_args(Answer)
WAYS: tuple[Way, ...] = get_args(Way)

CRITERIA: tuple[str, ...] = ("attitude", "guidance", "time", "visits", "overall")
"""The five questions of the longer form, each on the three levels; the last one is the form's level.

Source: from the indices of Thông tư 01/2018/TT-VPCP (attitude, publicity, total time, number of contacts,
overall; domain, 9).
"""
REASONS: tuple[str, ...] = ("waited_long", "attitude", "unclear", "many_papers", "many_visits", "late", "fee", "other")
"""Why somebody is dissatisfied."""

QUICK_S = 2.0
"""An answer within this time of the survey's opening is flagged: hardly anybody reads so fast."""
SILENCE_S = 20.0
"""After this silence the survey closes as "no answer"."""
SMALLEST_GROUP = 5
"""A group with fewer forms shows nothing: its answers would name their writers (decisions, 5)."""


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """One form; it never names the dossier."""

    captured_at: datetime
    level: Answer
    how: Way
    unit: str
    officer: str = ""
    field: str = ""
    is_quick: bool = False


@dataclass(frozen=True, slots=True)
class SurveyCount:
    """The forms of one group; a hidden group shows that it is there and nothing else."""

    key: str
    forms: int
    """Forms with an answer on one of the levels: the base of every share."""
    levels: Mapping[Level, int]
    declined: int
    quick: int
    """Answers that came within QUICK_S."""
    hidden: bool

    def share(self, level: Level) -> Share | None:
        """Return the share of a level, None in a hidden group."""
        return None if self.hidden else Share(self.levels[level], self.forms)

    def as_json(self) -> dict[str, Any]:
        """Return the group by the keys of `desk report`; a hidden group has null for every level."""
        shares = {level: self.share(level) for level in LEVELS}
        return {
            "forms": self.forms,
            **{level: _HIDDEN if share is None else share.as_json() for level, share in shares.items()},
            "declined": None if self.hidden else self.declined,
            "quick": None if self.hidden else self.quick,
            "hidden": self.hidden,
        }


_HIDDEN: dict[str, None] = {"n": None, "base": None, "percent": None}


def is_quick(seconds: float) -> bool:
    """Return whether an answer `seconds` after the opening is flagged."""
    return seconds <= QUICK_S


def survey_total(forms: Iterable[SurveyForm], from_day: date, to_day: date) -> SurveyCount:
    """Return the count of all forms captured on the office days from `from_day` to `to_day`, both within.

    Fewer than SMALLEST_GROUP forms show their number and no answer.
    """
    return _counted("total", _within(forms, from_day, to_day))


def survey_by(
    forms: Iterable[SurveyForm], from_day: date, to_day: date, by: Literal["officer", "unit", "field", "how"]
) -> tuple[SurveyCount, ...]:
    """Return the counts by officer, unit, field or way of capture, sorted by key.

    Groups with fewer than SMALLEST_GROUP forms are hidden; where they hold fewer together, the smallest
    shown group is hidden too, because the total would give them away by subtraction.
    """
    key: Callable[[SurveyForm], str] = {
        "officer": lambda form: form.officer,
        "unit": lambda form: form.unit,
        "field": lambda form: form.field,
        "how": lambda form: form.how,
    }[by]
    groups: dict[str, list[SurveyForm]] = {}
    for form in _within(forms, from_day, to_day):
        groups.setdefault(key(form), []).append(form)
    counts = [_counted(name, groups[name]) for name in sorted(groups)]
    return tuple(_none_by_subtraction(counts))


def _within(forms: Iterable[SurveyForm], from_day: date, to_day: date) -> list[SurveyForm]:
    return [form for form in forms if from_day <= office_day(form.captured_at) <= to_day]


def _counted(key: str, forms: Iterable[SurveyForm]) -> SurveyCount:
    levels: dict[Level, int] = dict.fromkeys(LEVELS, 0)
    declined = quick = 0
    for form in forms:
        if form.level == "declined":
            declined += 1
        else:
            levels[form.level] += 1
            quick += form.is_quick
    answered = sum(levels.values())
    return SurveyCount(key, answered, levels, declined, quick, hidden=answered < SMALLEST_GROUP)


def _none_by_subtraction(counts: list[SurveyCount]) -> list[SurveyCount]:
    hidden = {count.key for count in counts if count.hidden}
    shown = sorted((count for count in counts if not count.hidden), key=lambda count: (count.forms, count.key))
    together = sum(count.forms for count in counts if count.hidden)
    if 0 < together < SMALLEST_GROUP and shown:
        hidden.add(shown[0].key)
    return [SurveyCount(c.key, c.forms, c.levels, c.declined, c.quick, hidden=c.key in hidden) for c in counts]
