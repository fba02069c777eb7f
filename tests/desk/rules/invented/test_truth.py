"""The truth file says what happened, before any rule ran."""

from __future__ import annotations

import json

from desk.clock import parse_instant
from desk.rules.invented.truth import truth_lines
from tests.desk.rules.invented.place import a_world


def test_one_line_a_dossier_then_one_a_walk_in() -> None:
    world = a_world(300)
    lines = [json.loads(line) for line in truth_lines(world, {})]
    assert len(lines) == len(world.stories) + len(world.walk_ins)
    assert [line["dossier"] for line in lines[:300]] == list(range(1, 301))
    assert {line["survey"] for line in lines[300:]} == {"walk_in"}


def test_a_dossier_is_told_by_its_moments_and_nothing_a_rule_decides() -> None:
    world = a_world(300)
    story = next(one for one in world.stories if one.status == "returned" and one.form.channel == "online")
    line = json.loads(list(truth_lines(world, {}))[story.number - 1])
    assert line["code"] == story.form.code
    assert [step["what"] for step in line["steps"]] == [step.what for step in story.steps]
    assert [parse_instant(step["at"]) for step in line["steps"]] == [
        step.at.replace(microsecond=0) for step in story.steps
    ]
    assert not {"due_at", "timeliness", "fee_dong"} & {key for part in (line, *line["steps"]) for key in part}


def test_the_code_a_dossier_was_given_stands_in_its_line() -> None:
    world = a_world(300)
    at_counter = next(one for one in world.stories if one.form.code is None)
    lines = list(truth_lines(world, {at_counter.number: "H49.35-261120-0001"}))
    assert json.loads(lines[at_counter.number - 1])["code"] == "H49.35-261120-0001"
    assert "\n" not in "".join(lines)
