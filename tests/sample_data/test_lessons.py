"""The lessons that come with the program are whole, in both languages, of people who do not exist."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from desk import lessons
from desk.rules.lessons.facts import OF_DOSSIER, OF_EVENT
from desk.rules.lessons.lesson import DATA, FAULTS, VERBS
from desk.rules.lessons.reading import FaultCode
from sample_data.shipped import lesson_paths, new_lesson_text

IDS = list(lesson_paths())


@pytest.mark.parametrize("lesson_id", IDS)
def test_a_lesson_has_no_fault_and_builds_on_lessons_before_it(lesson_id: str) -> None:
    lesson = lessons.read(lesson_id).lesson
    assert lesson.id == lesson_id
    assert set(lesson.requires) <= set(IDS[: IDS.index(lesson_id)])
    assert all(step.hints for step in lesson.steps)
    # no register reaches these numbers, and no operator has these telephones (desk/rules/invented/people.py)
    assert all(int(one.person.personal_id[6:]) >= 980_000 for one in lesson.citizens)
    assert all(one.person.phone.startswith(("050", "051", "054")) for one in lesson.citizens)


def test_there_are_lessons_for_the_whole_job() -> None:
    assert IDS == ["lam-quen", "khai-sinh", "chung-thuc", "tra-ket-qua", "tre-han", "sua-nham", "mat-mang"]


def test_the_file_of_a_new_lesson_has_no_fault() -> None:
    lesson = lessons.script_of(new_lesson_text("bai-cua-toi")).lesson
    assert lesson.id == "bai-cua-toi"
    assert lesson.steps[0].do


def test_the_trainers_page_names_every_lesson_fact_act_and_fault() -> None:
    page = (Path(__file__).parents[2] / "docs" / "lessons.vi.md").read_text(encoding="utf-8")
    named = {*IDS, *OF_DOSSIER, *OF_EVENT, *VERBS, *DATA, *get_args(FaultCode)}
    assert {one for one in named if f"`{one}`" not in page} == set()
    assert all(word in page for words in FAULTS.values() for word in words)
