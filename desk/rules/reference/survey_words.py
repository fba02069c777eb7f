"""The survey's words as a file brings them: each in Vietnamese, English and, for border communes, Chinese.

Which levels, questions and reasons there are is fixed (desk.rules.survey): figures are counted by them. A file says
how they are worded. Levels as Thông tư 01/2018/TT-VPCP has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desk.rules.reference.table import FaultList, Row, rows_of, shown
from desk.rules.survey import CRITERIA, LEVELS, REASONS
from desk.words import N_

KEYS: Final = (
    "question",
    "declined",
    "send",
    "why",
    *(f"level.{level}" for level in LEVELS),
    *(f"criterion.{name}" for name in CRITERIA),
    *(f"reason.{reason}" for reason in REASONS),
)
"""What has words; a file names each of them once."""

_LONGEST: Final = {"level": 24, "criterion": 40, "reason": 40}
"""Letters that stand beside those of the other languages on a screen of 80 columns."""
_LONGEST_LINE: Final = 60
_COLUMNS: Final = ("key", "vi", "en", "zh")


@dataclass(frozen=True, slots=True)
class SurveyWords:
    """One text in three languages."""

    vi: str
    en: str
    zh: str


def parse_survey_words(text: str) -> Mapping[str, SurveyWords]:
    """Return the words of a file by their key, in the order of KEYS.

    Columns: those of `sample_data/survey.csv`. Raises ReferenceFaulty with every fault and its line: a key that is
    unknown, there twice or missing, a language left empty, words longer than the screen has room for.
    """
    faults = FaultList()
    found: dict[str, tuple[int, SurveyWords]] = {}
    for row in rows_of(text, _COLUMNS, frozenset(_COLUMNS), faults):
        key = row.one_of("key", KEYS)
        if key in found:
            row.fault(N_("{column} stands on line {first} already"), column="key", first=found[key][0])
            continue
        found[key] = row.line, SurveyWords(*(_words(row, key, language) for language in ("vi", "en", "zh")))
    if not faults.faults:
        for key in KEYS:
            if key not in found:
                faults.add(1, N_("the row {key} is missing"), key=key)
    faults.refuse()
    return {key: found[key][1] for key in KEYS}


def _words(row: Row, key: str, language: str) -> str:
    words = row.needed(language)
    most = _LONGEST.get(key.partition(".")[0], _LONGEST_LINE)
    if len(words) > most:
        row.fault(N_("{column} has more than {most} letters: {text}"), column=language, most=most, text=shown(words))
    return words
