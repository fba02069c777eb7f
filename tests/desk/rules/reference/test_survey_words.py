"""The survey's words: every key in every language, each once, none too long for its place."""

from __future__ import annotations

import pytest

from desk.errors.reference import ReferenceFaulty
from desk.rules.reference.survey_words import KEYS, parse_survey_words
from desk.words import told
from sample_data.shipped import shipped_text

SHIPPED = shipped_text("survey")
LINE = "level.satisfied,Hài lòng,Satisfied,满意\n"


def _faults(text: str) -> str:
    with pytest.raises(ReferenceFaulty) as raised:
        parse_survey_words(text)
    return told(raised.value).message.partition(": ")[2]


def test_what_comes_with_the_program_has_words_for_every_level_question_and_reason() -> None:
    words = parse_survey_words(SHIPPED)
    assert tuple(words) == KEYS
    assert (words["level.satisfied"].vi, words["level.satisfied"].en) == ("Hài lòng", "Satisfied")
    assert all(one.vi and one.en and one.zh for one in words.values())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (SHIPPED.replace(LINE, ""), "line 1: the row level.satisfied is missing."),
        (SHIPPED + LINE, "line 22: key stands on line 7 already."),
        (SHIPPED.replace(LINE, "level.satisfied,Hài lòng,,满意\n"), "line 7: en is empty."),
        (SHIPPED.replace("Hài lòng,Sat", "Hài lòng hết sức với mọi việc,Sat"), "line 7: vi has more than 24 letters"),
        (SHIPPED.replace("level.satisfied", "level.glad"), "line 7: key is “level.glad”"),
        (SHIPPED.replace("key,vi,en,zh", "key,vi,en"), "line 1: the column zh is missing."),
    ],
)
def test_what_is_missing_double_empty_or_too_long_is_named_by_its_line(changed: str, said: str) -> None:
    assert said in _faults(changed)


def test_words_as_long_as_their_place_are_taken() -> None:
    longest = {"level.satisfied": 24, "criterion.time": 40, "reason.fee": 40, "question": 60}
    for key, most in longest.items():
        lines = [line for line in SHIPPED.splitlines() if not line.startswith(f"{key},")]
        assert parse_survey_words("\n".join([*lines, f"{key},{'a' * most},b,c"]))[key].vi == "a" * most
        assert f"more than {most} letters" in _faults("\n".join([*lines, f"{key},{'a' * (most + 1)},b,c"]))
