"""An invented world: the dossiers of one unit over many days, and everything that happened to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desk.clock import office_day
from desk.rules.calendar import Calendar
from desk.rules.dossier import Procedure, Status
from desk.rules.hours import at_minute
from desk.rules.invented.course import Case, Course
from desk.rules.invented.dice import Dice, happens
from desk.rules.invented.forms import LAND_FIELDS, Filing, Wheels, holders_by_procedure
from desk.rules.invented.office import OfficeTime, visits_by_day
from desk.rules.invented.people import Population
from desk.rules.invented.story import Step, Story, WalkIn, World
from desk.rules.lifecycle import STATUSES
from desk.rules.reference.units import Unit
from desk.rules.terms import term_of

LEAST_CERTIFICATION, MOST_CERTIFICATION = 0.42, 0.83
"""Certification is 40 to 85 % of a commune's dossiers (domain, 10: most frequent)."""
SCHOOL_INTAKE = range(5, 9)
"""May to August: certified copies for schools (domain, 10)."""

_HANDED_OVER_AT_ONCE = 0.92
_SURVEYED_AT_ONCE = 0.35
_WALK_INS = 0.08
_REFUSED = 0.03
_ASKED_AT_RECEPTION = 0.06
_LONGEST_ONLINE_WAIT_MIN = 300
_FILED_IN_HOURS, _FILED_THAT_EVENING = 0.65, 0.28
_EVENING = (17 * 60, 22 * 60 + 30)
_REFUSAL_REASONS = (
    "Hồ sơ không thuộc thẩm quyền tiếp nhận của đơn vị; đã hướng dẫn nơi nộp.",
    "Người nộp không phải là chủ hồ sơ và không có văn bản ủy quyền.",
    "Tệp đính kèm không mở được, không có giấy tờ nào để kiểm tra.",
    "Hồ sơ trùng với hồ sơ đã tiếp nhận.",
)
_SUPPLEMENT_REASON = "Thiếu bản chính để đối chiếu."
_STOP_REASON = "Hồ sơ trùng với hồ sơ đã nộp trước đó."
_RECEPTION_REASON = "Chưa đính kèm đủ giấy tờ bắt buộc của thủ tục."


@dataclass(frozen=True, slots=True)
class Place:
    """Where the world is: one unit with its catalogue and its calendar."""

    procedures: tuple[Procedure, ...]
    """With their documents."""
    units: tuple[Unit, ...]
    calendar: Calendar
    unit: str
    """Id of the unit whose desk this is."""
    agency_code: str


def invented_world(dice: Dice, place: Place, *, count: int, span: tuple[date, date], until: datetime) -> World:
    """Return `count` dossiers filed from the first to the last day of `span`, and what became of them by `until`.

    The same dice and the same arguments give the same world. From about a hundred dossiers on every status is
    there. Raises NoWorkingDay if the office is never open in the span, CalendarEnds beyond the calendar.
    """
    return _Inventor(dice, place, span, until).world(count)


class _Inventor:
    def __init__(self, dice: Dice, place: Place, span: tuple[date, date], until: datetime) -> None:
        self.dice, self.place, self.span, self.until = dice, place, span, until
        last = office_day(until)
        present = [one for one in place.units if one.kind == "commune_unit" and one.is_valid_on(last)]
        home = next((one for one in place.units if one.id == place.unit), None)
        neighbours = [one for one in present if one.id != place.unit]
        self.people = Population(dice, home or neighbours[0], neighbours)
        self.filing = Filing(dice, self.people, neighbours, place.agency_code)
        self.office = OfficeTime(dice, place.calendar, span[0], until)
        self.wheels = Wheels.of(place.procedures)
        self.holders: Mapping[str, tuple[str, ...]] = holders_by_procedure(place.procedures, place.units, last)
        self.slow = {one.code for one in place.procedures if one.term.unit in ("working_day", "calendar_day")}
        self.usual_share = LEAST_CERTIFICATION + 0.08 + 0.28 * dice.random()

    def world(self, count: int) -> World:
        """Return the whole world."""
        stories: list[Story] = []
        walk_ins: list[WalkIn] = []
        for day, visits in visits_by_day(self.dice, self.place.calendar, self.span, self.until, count):
            stories += self._day(day, visits)
            walk_ins += [self._walk_in(day) for _visit in range(visits) if happens(self.dice, _WALK_INS)]
        stories = self._every_status(stories)
        stories.sort(key=lambda story: story.steps[0].at)
        numbered = tuple(replace(story, number=number) for number, story in enumerate(stories, start=1))
        return World(*self.span, numbered, tuple(sorted(walk_ins, key=lambda form: form.at)))

    def _day(self, day: date, visits: int) -> list[Story]:
        certifications = round(visits * self._share(day))
        kinds = [number < certifications for number in range(visits)]
        arrivals = sorted(self.office.arrival(day) for _visit in range(visits))
        stories = []
        for at in arrivals:
            is_certification = kinds.pop(self.dice.randrange(0, len(kinds)))
            wheel = self.wheels.certifications if is_certification else self.wheels.others
            procedure = (wheel or self.wheels.others or self.wheels.certifications).spin(self.dice)
            stories.append(self._story(procedure, at))
        return stories

    def _share(self, day: date) -> float:
        """Return the share of certifications on `day`."""
        season = 0.05 if day.month in SCHOOL_INTAKE else 0.0
        share = self.usual_share + season + 0.12 * (self.dice.random() - 0.5)
        return min(MOST_CERTIFICATION, max(LEAST_CERTIFICATION, share))

    def _story(self, procedure: Procedure, at: datetime) -> Story:
        channel = self.filing.channel_of(procedure)
        filed_at = self._filed_at(at) if channel == "online" else None
        form = self.filing.form(procedure, channel, at, filed_at)
        course = Course(self.dice, self.office)
        at_once = procedure.counts_pages and channel == "counter" and happens(self.dice, _HANDED_OVER_AT_ONCE)
        if at_once:
            course.add(at, "accepted", "accepted")
            course.add(at, "resolved", "resolved")
            course.add(at, "returned", "returned", how="counter")
            if happens(self.dice, _SURVEYED_AT_ONCE):
                course.survey()
        elif filed_at is None or self._received_online(course, filed_at):
            if filed_at is None:
                course.add(at, "accepted", "accepted")
            receivers = tuple(one for one in (form.submitter, form.proxy) if one is not None)
            course.run(
                Case(
                    term=term_of(procedure, channel),
                    is_land=procedure.field_code in LAND_FIELDS,
                    needs_payment=procedure.field_code in LAND_FIELDS and "thuế" in procedure.routed_to,
                    is_online=channel == "online",
                    holders=self.holders[procedure.code],
                    receivers=receivers,
                )
            )
        return Story(0, form, at_once, tuple(course.steps))

    def _filed_at(self, at: datetime) -> datetime:
        """Return when a visit planned for `at` was filed on the portal: in the evening or on a day off too."""
        roll = self.dice.random()
        if roll < _FILED_IN_HOURS:
            return at
        day = office_day(at) + timedelta(days=roll > _FILED_IN_HOURS + _FILED_THAT_EVENING)
        evening = at_minute(day, self.dice.randrange(*_EVENING))
        return evening if evening <= self.until else at

    def _received_online(self, course: Course, filed_at: datetime) -> bool:
        """Let an officer look at what the portal brought; True where it was accepted."""
        course.add(filed_at, "filed", "filed")
        at = self.office.soon(filed_at, 5, _LONGEST_ONLINE_WAIT_MIN)
        if happens(self.dice, _REFUSED):
            course.add(at, "refused", "refused", reason=self.dice.choice(_REFUSAL_REASONS))
            return False
        if happens(self.dice, _ASKED_AT_RECEPTION):
            if not course.add(at, "supplement_requested", "supplement_requested", reason=_RECEPTION_REASON):
                return False
            if not course.add(self.office.after(course.at, self.dice.randrange(1, 4)), "supplemented", "filed"):
                return False
            return course.add(self.office.soon(course.at, 10, 120), "accepted", "accepted")
        return course.add(at, "accepted", "accepted")

    def _walk_in(self, day: date) -> WalkIn:
        course = Course(self.dice, self.office)
        course.add(self.office.arrival(day), "returned", "returned")
        course.survey()
        step = course.steps[-1]
        return WalkIn(step.at, step.answer or "no_answer", step.seconds)

    def _every_status(self, stories: list[Story]) -> list[Story]:
        """Return the stories, a few open ones changed so that each status is there where that is possible."""
        changed = list(stories)
        for status in STATUSES:
            if any(story.status == status for story in changed):
                continue
            for place in range(len(changed) - 1, -1, -1):
                other = self._led_to(changed[place], status)
                if other is not None and _others_with(changed, place):
                    changed[place] = other
                    break
        return changed

    def _led_to(self, story: Story, status: Status) -> Story | None:
        """Return `story` with another end, `status`; None where it cannot end there."""
        if status in ("filed", "refused"):
            return self._led_to_reception(story, status)
        ends = {
            "supplement_requested": _SUPPLEMENT_REASON,
            "payment_requested": "",
            "withdrawal_requested": "",
            "stopped": _STOP_REASON,
        }
        if status not in ends or story.status not in ("accepted", "processing"):
            return None
        at = self.office.soon(story.steps[-1].at, 1, 20)
        if at is None or at > self.until or story.form.procedure not in self.slow:
            return None
        course = Course(self.dice, self.office, list(story.steps))
        course.add(at, status, status, reason=ends[status])
        return replace(story, steps=tuple(course.steps))

    def _led_to_reception(self, story: Story, status: Status) -> Story | None:
        if story.form.filed_at is None or len(story.steps) < 2 or story.steps[1].what != "accepted":
            return None
        if status == "filed":
            recent = office_day(story.steps[0].at) >= office_day(self.until) - timedelta(days=3)
            return replace(story, steps=story.steps[:1]) if recent else None
        step = Step(story.steps[1].at, "refused", "refused", reason=_REFUSAL_REASONS[0])
        return replace(story, steps=(story.steps[0], step))


def _others_with(stories: Sequence[Story], place: int) -> bool:
    """Tell whether the status of the story at `place` is there a second time."""
    status = stories[place].status
    return any(story.status == status for number, story in enumerate(stories) if number != place)
