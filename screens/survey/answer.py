"""What a citizen has answered so far; no widget here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from desk.rules.survey import CRITERIA, LEVELS, REASONS, Answer, Level

Page = Literal["level", "criteria", "reason"]


@dataclass
class Form:
    """One form being filled by single keys: digits choose, Enter ends a page.

    has_criteria: five questions in place of one.
    """

    has_criteria: bool = False
    page: Page = field(init=False)
    level: Answer | None = None
    criteria: dict[str, Level] = field(default_factory=dict)
    reason: str = ""

    def __post_init__(self) -> None:
        self.page = "criteria" if self.has_criteria else "level"

    def press(self, digit: int) -> bool:
        """Take a digit, 0 to 9; return whether it means something on this page."""
        if self.page == "reason":
            if not 1 <= digit <= len(REASONS):
                return False
            self.reason = REASONS[digit - 1]
        elif digit == 0:
            self.level, self.criteria = "declined", {}
        elif digit > len(LEVELS):
            return False
        elif self.page == "level":
            self.level = LEVELS[digit - 1]
        else:
            self._answer_next(LEVELS[digit - 1])
        return True

    def take_back(self) -> None:
        """Take the last answer back."""
        if self.page == "reason":
            self.reason = ""
        elif self.criteria:
            del self.criteria[list(self.criteria)[-1]]
            self.level = None
        else:
            self.level = None

    @property
    def next_criterion(self) -> str:
        """The question that the next digit answers, "" when all are answered."""
        return next((one for one in CRITERIA if one not in self.criteria), "")

    def turn(self) -> bool:
        """Enter: turn to the next page; return whether the form is done instead."""
        if self.level is None:
            return False
        if self.page != "reason" and self.level == "dissatisfied":
            self.page = "reason"
            return False
        return True

    def _answer_next(self, level: Level) -> None:
        if self.level == "declined":
            self.level = None
        if self.next_criterion:
            self.criteria[self.next_criterion] = level
        if not self.next_criterion:
            self.level = self.criteria[CRITERIA[-1]]
