"""An invented world keeps the lifecycle, the office's hours and the shares of a real one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from desk.clock import office_day, whole_minute
from desk.errors.simulation import NoWorkingDay
from desk.rules.codes import parse_code
from desk.rules.dossier import Status
from desk.rules.due import due
from desk.rules.fees import UnknownFee, asked_by, fee_of
from desk.rules.invented.story import Step, Story, by_day
from desk.rules.invented.world import invented_world
from desk.rules.lifecycle import STATUSES, check_move, state_before
from desk.rules.people.checks import check_people
from desk.rules.terms import term_of
from desk.rules.worktime import office_minute
from tests.desk.rules.invented.place import NOW, a_world, the_place

BY_CODE = {procedure.code: procedure for procedure in the_place().procedures}


def _moves(story: Story) -> list[Step]:
    return [step for step in story.steps if step.what not in ("filed", "surveyed")]


def test_the_same_seed_invents_the_same_world_and_another_seed_another() -> None:
    a_world.cache_clear()
    first = a_world(300)
    a_world.cache_clear()
    assert a_world(300) == first
    assert a_world(300, seed=8) != first


@pytest.mark.parametrize("count", [1, 7, 70, 300, 3000])
def test_there_are_exactly_as_many_dossiers_as_asked_for(count: int) -> None:
    world = a_world(count)
    assert [story.number for story in world.stories] == list(range(1, count + 1))
    assert all(story.steps for story in world.stories)


def test_every_move_is_one_the_lifecycle_has() -> None:
    checked = 0
    for story in a_world().stories:
        history: list[Status] = ["filed"]
        for step in _moves(story):
            before = state_before(history)
            check_move(history[-1], step.status, before, "lead", reason=step.reason, unit=step.to_unit)
            history.append(step.status)
            checked += 1
    assert checked > 6000


def test_time_runs_forward_and_ends_before_now() -> None:
    for story in a_world().stories:
        moments = [step.at for step in story.steps]
        assert moments == sorted(moments)
        assert moments[-1] <= NOW
        assert moments[0].tzinfo is UTC


def test_officers_act_within_the_hours_and_citizens_file_online_at_any_time() -> None:
    calendar = the_place().calendar
    filed_outside = 0
    for story in a_world().stories:
        for step in story.steps:
            day, minute = office_minute(step.at)
            inside = any(span.opens <= minute <= span.closes for span in calendar.hours_of(day))
            if step.what == "filed":
                filed_outside += not inside
            else:
                assert inside, step
    assert filed_outside > 50


def test_a_commune_day_sees_about_seventy_visits_most_of_them_certifications() -> None:
    first_days = [office_day(story.steps[0].at) for story in a_world().stories]
    in_hours = {day: n for day, n in Counter(first_days).items() if the_place().calendar.hours_of(day) and n > 5}
    assert all(35 <= visits <= 125 for day, visits in in_hours.items() if day != office_day(NOW))
    by_day_kind: dict[date, list[bool]] = {}
    for story in a_world().stories:
        is_certification = BY_CODE[story.form.procedure].field_code == "CT"
        by_day_kind.setdefault(office_day(story.steps[0].at), []).append(is_certification)
    shares = [sum(kinds) / len(kinds) for kinds in by_day_kind.values() if len(kinds) > 40]
    assert shares
    whole = sum(map(sum, by_day_kind.values())) / 3000
    assert 0.4 <= whole <= 0.85


def test_frequent_procedures_come_often_and_rare_ones_now_and_then() -> None:
    often = Counter(story.form.procedure for story in a_world().stories)
    assert often.most_common(1)[0][0] == "2.000815"
    assert often["1.004194"] > often["1.002211"]
    assert len(often) > 90


def test_every_status_is_there_from_about_a_hundred_dossiers_on() -> None:
    for seed in range(12):
        assert {story.status for story in a_world(150, seed).stories} == set(STATUSES)


def test_a_channel_is_one_the_procedure_has_and_online_dossiers_have_the_portals_code() -> None:
    codes = []
    for story in a_world().stories:
        assert story.form.channel in BY_CODE[story.form.procedure].channels
        assert (story.form.channel == "online") == (story.steps[0].what == "filed") == (story.form.code is not None)
        if story.form.code:
            codes.append(story.form.code)
            assert story.form.filed_at == story.steps[0].at
            assert parse_code(story.form.code).agency == "H49.35"
    assert len(set(codes)) == len(codes) > 300


def test_an_intake_would_take_every_form() -> None:
    for story in a_world().stories:
        procedure, form = BY_CODE[story.form.procedure], story.form
        day = office_day(story.steps[0].at)
        assert check_people(form, day) == ()
        assert not isinstance(fee_of(procedure, asked_by(form, day)), UnknownFee)
        assert (form.fee_dong is not None) == (procedure.fee_dong is None)
        if form.documents is not None:
            counted = {count.seq for count in form.documents if count.total}
            assert {one.seq for one in procedure.documents if one.required} <= counted
        assert (form.pages is not None) == procedure.counts_pages == (form.copies is not None)


def test_certifications_at_the_counter_are_mostly_handed_over_at_once() -> None:
    at_once = [story for story in a_world().stories if story.at_once]
    assert len(at_once) > 1000
    for story in at_once:
        assert [step.what for step in story.steps[:3]] == ["accepted", "resolved", "returned"]
        assert len({step.at for step in story.steps[:3]}) == 1
        assert BY_CODE[story.form.procedure].certification


def test_most_results_come_in_time_some_early_and_a_few_late() -> None:
    calendar = the_place().calendar
    counted: Counter[str] = Counter()
    for story in a_world().stories:
        done = {step.what: step.at for step in story.steps}
        if "accepted" not in done or "resolved" not in done or "supplemented" in done or "paid" in done:
            continue
        term = term_of(BY_CODE[story.form.procedure], story.form.channel)
        due_at = due(done["accepted"], term, calendar).due_at
        resolved_at = whole_minute(done["resolved"])
        in_time = resolved_at <= due_at
        early = office_day(resolved_at) < office_day(due_at)
        counted["early" if early else "on_time" if in_time else "late"] += 1
    whole = counted.total()
    assert 0.01 < counted["late"] / whole < 0.07
    assert counted["early"] / whole > 0.1
    assert counted["on_time"] / whole > 0.3


def test_everything_that_can_happen_to_a_dossier_happens() -> None:
    seen = Counter(step.what for story in a_world().stories for step in story.steps)
    assert len(seen) == 14
    twice = [story for story in a_world().stories if [s.what for s in story.steps].count("supplemented") == 2]
    assert twice
    answers = Counter(step.answer for story in a_world().stories for step in story.steps if step.what == "surveyed")
    assert set(answers) == {"very_satisfied", "satisfied", "dissatisfied", "declined", "no_answer"}
    assert answers.most_common(1)[0][0] == "very_satisfied"
    ways = {step.how for story in a_world().stories for step in story.steps if step.what == "returned"}
    assert ways == {"counter", "post", "online"}
    assert a_world().walk_ins


def test_refusals_supplements_and_stops_say_why() -> None:
    for story in a_world().stories:
        for step in story.steps:
            if step.what in ("refused", "supplement_requested", "stopped"):
                assert step.reason


def test_the_days_come_in_order_and_hold_every_step_once() -> None:
    world = a_world(300)
    days = list(by_day(world.stories))
    assert [day for day, _happenings in days] == sorted({day for day, _happenings in days})
    happenings = [one for _day, ones in days for one in ones]
    assert len(happenings) == sum(len(story.steps) for story in world.stories)
    assert all(office_day(step.at) == day for day, ones in days for _story, step in ones)
    by_story: dict[int, list[Step]] = {}
    for story, step in happenings:
        by_story.setdefault(story.number, []).append(step)
    assert all(tuple(by_story[story.number]) == story.steps for story in world.stories)


def test_a_span_without_a_working_day_is_refused_with_a_sentence() -> None:
    saturday = date(2026, 11, 14)
    with pytest.raises(NoWorkingDay):
        invented_world(Random(1), the_place(), count=5, span=(saturday, saturday + timedelta(days=1)), until=NOW)
    with pytest.raises(NoWorkingDay):
        tomorrow = office_day(NOW) + timedelta(days=1)
        invented_world(Random(1), the_place(), count=5, span=(tomorrow, tomorrow), until=NOW)


def test_a_day_in_the_past_can_be_filled_without_touching_the_days_after() -> None:
    span = (date(2025, 3, 3), date(2025, 3, 14))
    until = datetime(2025, 3, 14, 10, 0, tzinfo=UTC)
    world = invented_world(Random(3), the_place(), count=500, span=span, until=until)
    days = {office_day(step.at) for story in world.stories for step in story.steps}
    assert min(days) >= span[0]
    assert max(days) <= span[1]
