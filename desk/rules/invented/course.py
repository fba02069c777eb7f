"""The course of one dossier after its acceptance: processing, stops of the clock, result, return, survey.

Shares are made up so that a report looks like those of a province (98 % in time; the land offices late more
often: domain, 5.4 and 10); nothing here asks the rules when a dossier is due.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

from desk.rules.dossier import Status, Term
from desk.rules.invented.dice import Dice, Wheel, happens
from desk.rules.invented.office import OfficeTime
from desk.rules.invented.story import How, Step, SurveyAnswer, What
from desk.rules.people.person import Person

_Fate = Literal["resolved", "withdrawn", "stopped"]
_FATES: Wheel[_Fate] = Wheel((("resolved", 97.6), ("withdrawn", 1.6), ("stopped", 0.8)))
_LATE = 0.03
_LATE_ON_LAND = 0.11
_SUPPLEMENT = 0.09
_SECOND_SUPPLEMENT = 0.12
_NEVER_SUPPLEMENTED = 0.1
_PAYMENT = 0.65
_NEVER_PAID = 0.06
_CANCELLED = 0.25
_TAKEN_BACK = 0.004
_LONGEST_DAYS = 60
_ANSWERS: Wheel[SurveyAnswer] = Wheel(
    (
        ("very_satisfied", 83.0),
        ("satisfied", 8.0),
        ("dissatisfied", 0.7),
        ("declined", 4.3),
        ("no_answer", 4.0),
    )
)
_SUPPLEMENT_REASONS = (
    "Tờ khai chưa ký và chưa ghi ngày, tháng.",
    "Thông tin nơi cư trú trên tờ khai chưa khớp với cơ sở dữ liệu dân cư.",
    "Thiếu bản chính để đối chiếu.",
    "Bản chụp mờ, không đọc được số và ngày cấp.",
    "Chưa có văn bản ủy quyền của chủ hồ sơ.",
    "Giấy tờ của nước ngoài chưa được hợp pháp hóa lãnh sự.",
)
_STOP_REASONS = (
    "Hồ sơ trùng với hồ sơ đã nộp trước đó.",
    "Việc đang có tranh chấp do Tòa án thụ lý.",
    "Nội dung không thuộc thẩm quyền giải quyết, đã hướng dẫn nộp đúng nơi.",
)
_TAKEN_BACK_REASON = "Kết quả ghi sai số định danh, trả lại bộ phận chuyên môn để sửa trước khi giao."
_NEVER_SUPPLEMENTED_REASON = "Quá thời hạn bổ sung mà không nhận được giấy tờ còn thiếu."


@dataclass(frozen=True, slots=True)
class Case:
    """What decides a dossier's course."""

    term: Term
    is_land: bool
    needs_payment: bool
    is_online: bool
    holders: tuple[str, ...]
    """Ids of the bodies that work on it, in their order."""
    receivers: tuple[Person, ...] = ()
    """Those who may come for the result in the owner's place."""


@dataclass
class Course:
    """Writes the steps of one dossier; it ends where the simulation ends."""

    dice: Dice
    office: OfficeTime
    steps: list[Step] = field(default_factory=list)
    _ended: bool = False
    _waited_days: int = 0

    @property
    def at(self) -> datetime:
        """The moment of the last step."""
        return self.steps[-1].at

    @property
    def status(self) -> Status:
        """The status after the last step."""
        return self.steps[-1].status

    def add(
        self,
        at: datetime | None,
        what: What,
        status: Status,
        *,
        reason: str = "",
        to_unit: str = "",
        how: How = "",
        consignment: str = "",
        receiver: Person | None = None,
        answer: SurveyAnswer | Literal[""] = "",
        seconds: int = 0,
    ) -> bool:
        """Add a step; False, and the course is over, where it would lie beyond the end."""
        if self._ended or at is None or at > self.office.until:
            self._ended = True
            return False
        self.steps.append(Step(at, what, status, reason, to_unit, how, consignment, receiver, answer, seconds))
        return True

    def run(self, case: Case) -> None:
        """Write everything from the acceptance, which is the last step, to the end."""
        accepted_at = self.at
        fate = _FATES.spin(self.dice)
        days = expected_days(case.term)
        if not self._begin(case, days):
            return
        if fate == "withdrawn" and self._withdraw(days):
            return
        if fate == "stopped":
            if self.add(self._during(days), "stopped", "stopped", reason=self.dice.choice(_STOP_REASONS)):
                self._hand_papers_back()
            return
        if days and happens(self.dice, _SUPPLEMENT) and not self._supplement():
            return
        if case.needs_payment and happens(self.dice, _PAYMENT) and not self._pay():
            return
        if self._resolve(case, accepted_at, days):
            self._return(case)

    def survey(self) -> None:
        """Ask the citizen who just took the result."""
        answer = _ANSWERS.spin(self.dice)
        seconds = 20 if answer == "no_answer" else self.dice.randrange(1, 18)
        at = self.at + timedelta(seconds=seconds)
        self.add(at, "surveyed", self.status, answer=answer, seconds=seconds)

    def _begin(self, case: Case, days: int) -> bool:
        if not days:
            return not happens(self.dice, 0.5) or self._process(self.office.soon(self.at, 5, 40), case.holders[:1])
        begun = self._process(self.office.soon(self.at, 15, 400), case.holders[:1])
        if begun and len(case.holders) > 1 and days > 3:
            return self._process(self.office.after(self.at, 1), case.holders[1:2])
        return begun

    def _process(self, at: datetime | None, holder: tuple[str, ...]) -> bool:
        return self.add(at, "processing", "processing", to_unit="".join(holder))

    def _during(self, days: int) -> datetime | None:
        if days < 2:
            return self.office.soon(self.at, 20, 120)
        return self.office.after(self.at, self.dice.randrange(1, days))

    def _withdraw(self, days: int) -> bool:
        """Let the citizen ask for his papers; False where he thinks better of it and all goes on."""
        before = self.status
        if not self.add(self._during(days), "withdrawal_requested", "withdrawal_requested"):
            return True
        if happens(self.dice, _CANCELLED):
            return not self.add(self.office.soon(self.at, 60, 600), "withdrawal_cancelled", before)
        asked = "Công dân có đơn xin rút hồ sơ."
        if self.add(self.office.after(self.at, 1), "stopped", "stopped", reason=asked):
            self._hand_papers_back()
        return True

    def _hand_papers_back(self) -> None:
        if happens(self.dice, 0.7):
            self.add(self.office.after(self.at, self.dice.randrange(1, 4)), "returned", "returned", how="counter")

    def _supplement(self) -> bool:
        """Let papers be asked for, once or twice; True where they came and all goes on."""
        for _nth in range(2 if happens(self.dice, _SECOND_SUPPLEMENT) else 1):
            asked_at = self.office.soon(self.at, 30, 600)
            reason = self.dice.choice(_SUPPLEMENT_REASONS)
            if not self.add(asked_at, "supplement_requested", "supplement_requested", reason=reason):
                return False
            if happens(self.dice, _NEVER_SUPPLEMENTED):
                given_up_at = self.office.after(self.at, 30)
                if self.add(given_up_at, "stopped", "stopped", reason=_NEVER_SUPPLEMENTED_REASON):
                    self._hand_papers_back()
                return False
            if not self._wait(self.office.after(self.at, self.dice.randrange(1, 8)), "supplemented"):
                return False
        return True

    def _pay(self) -> bool:
        """Let the tax be asked for; True where it was paid and all goes on."""
        asked_at = self.office.after(self.at, self.dice.randrange(1, 4))
        if not self.add(asked_at, "payment_requested", "payment_requested"):
            return False
        days = 45 if happens(self.dice, _NEVER_PAID) else self.dice.randrange(1, 11)
        return self._wait(self.office.after(self.at, days), "paid")

    def _wait(self, until: datetime | None, what: What) -> bool:
        since = self.at
        if not self.add(until, what, "processing"):
            return False
        self._waited_days += self.office.working_days_between(since, self.at)
        return True

    def _resolve(self, case: Case, accepted_at: datetime, days: int) -> bool:
        if not self.add(self._resolved_at(case, accepted_at, days), "resolved", "resolved"):
            return False
        if not happens(self.dice, _TAKEN_BACK):
            return True
        taken_back_at = self.office.soon(self.at, 30, 300)
        if not self.add(taken_back_at, "processing", "processing", reason=_TAKEN_BACK_REASON):
            return False
        return self.add(self.office.soon(self.at, 60, 300), "resolved", "resolved")

    def _resolved_at(self, case: Case, accepted_at: datetime, days: int) -> datetime | None:
        late = happens(self.dice, _LATE_ON_LAND if case.is_land else _LATE)
        if not days:
            return self.office.after(self.at, self.dice.randrange(1, 3)) if late else self.office.soon(self.at, 10, 150)
        if late:
            needed = days + 1 + self.dice.randrange(0, 1 + max(2, days // 3))
        elif happens(self.dice, 0.75):
            needed = self.dice.randrange(1, days) if days > 1 else 0
        else:
            needed = days
        gone = self.office.working_days_between(accepted_at, self.at)
        left = needed + self._waited_days - gone
        if left < 1:
            return self.office.soon(self.at, 20, 200)
        return self.office.after(self.at, left) if late else self.office.morning_after(self.at, left)

    def _return(self, case: Case) -> None:
        way: How = "counter"
        if case.is_online:
            way = Wheel[How]((("online", 62.0), ("counter", 31.0), ("post", 7.0))).spin(self.dice)
        elif happens(self.dice, 0.03):
            way = "post"
        if way == "online":
            self.add(self.office.soon(self.at, 2, 30), "returned", "returned", how="online")
        elif way == "post":
            consignment = f"EV{self.dice.randrange(0, 1_000_000_000):09d}VN"
            sent_at = self.office.after(self.at, 1)
            self.add(sent_at, "returned", "returned", how="post", consignment=consignment)
        elif self._collected(case) and happens(self.dice, 0.6):
            self.survey()

    def _collected(self, case: Case) -> bool:
        """Let somebody come for the result, most within days, some late, a few never."""
        roll = self.dice.random()
        if roll < 0.45:
            at = self.office.soon(self.at, 20, 400)
        elif roll < 0.9:
            at = self.office.after(self.at, self.dice.randrange(1, 6))
        elif roll < 0.97:
            at = self.office.after(self.at, self.dice.randrange(7, 70))
        else:
            return False
        receiver = self.dice.choice(case.receivers) if case.receivers else None
        return self.add(at, "returned", "returned", how="counter", receiver=receiver)


def expected_days(term: Term) -> int:
    """Return about how many working days the law gives, 0 for a result of the same day."""
    if term.unit == "within_day" or (term.unit == "hour" and term.value < 8):
        return 0
    per_unit = {"working_day": 1.0, "calendar_day": 5 / 7, "hour": 1 / 8}[term.unit]
    return min(_LONGEST_DAYS, max(1, ceil(term.value * per_unit - 0.5)))
