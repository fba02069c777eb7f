"""What an invented world contains, written down before any rule ran: the measure for whatever counts it later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from desk.clock import office_time
from desk.rules.invented.story import Step, Story, WalkIn, World
from desk.rules.people.person import Person


def truth_lines(world: World, codes: Mapping[int, str]) -> Iterator[str]:
    """Yield the world as JSON lines without line ends: one a dossier, then one a survey form of a walk-in.

    codes: by story number, the code each dossier was given; where there is none it was never accepted here.
    Moments are ISO texts of the office's time with seconds. No due date, no timeliness, no fee by tariff.
    """
    for story in world.stories:
        yield _line(_dossier(story, codes.get(story.number) or story.form.code))
    for form in world.walk_ins:
        yield _line(_walk_in(form))


def _dossier(story: Story, code: str | None) -> dict[str, Any]:
    form = story.form
    return {
        "dossier": story.number,
        "code": code,
        "procedure": form.procedure,
        "channel": form.channel,
        "owner": _person(form.owner),
        "submitter": form.submitter and _person(form.submitter),
        "proxy": form.proxy and _person(form.proxy),
        "competent_unit": form.competent_unit or None,
        "fee_typed_dong": form.fee_dong,
        "pages": form.pages,
        "copies": form.copies,
        "handed_over_at_once": story.at_once,
        "status": story.status,
        "steps": [_step(step) for step in story.steps],
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "kind": person.kind,
        "name": person.name,
        "personal_id": person.personal_id or None,
        "tax_code": person.tax_code or None,
        "phone": person.phone or None,
    }


def _step(step: Step) -> dict[str, Any]:
    details = {
        "to_unit": step.to_unit,
        "reason": step.reason,
        "how": step.how,
        "answer": step.answer,
    }
    named = {key: value for key, value in details.items() if value}
    return {"at": _moment(step), "what": step.what, "status": step.status, **named}


def _walk_in(form: WalkIn) -> dict[str, Any]:
    return {"survey": "walk_in", "at": _moment(form), "answer": form.answer}


def _moment(one: Step | WalkIn) -> str:
    return office_time(one.at).isoformat(timespec="seconds")


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
