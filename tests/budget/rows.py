"""The 22 rows of the budget (desk-ux, 2.2; decisions, 4) as the keys and scans that an officer presses.

A key is what UniKey sends for one key that is pressed (Telex: `â` is two keys), so counting the bursts counts keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desk.rules.scans import badge_digits
from tests.budget.citizens import (
    BADGE,
    BIRTH,
    CERTIFIED_COPY,
    HUONG,
    LAN,
    MAI,
    NEXT_TAIL,
    OTHER_PIN,
    QUANG,
    SON,
    Waiting,
    card,
)
from tests.terminal import KEYS, unikey


class Scan(NamedTuple):
    """What a scanner reads."""

    text: str


Step = bytes | Scan


def pressed(*names: str) -> tuple[bytes, ...]:
    """Return keys by their names."""
    return tuple(KEYS[name] for name in names)


def typed(text: str) -> tuple[bytes, ...]:
    """Return the keys that are pressed for `text`, in Telex."""
    return tuple(unikey(text))


ENTER = pressed("Enter")
NEXT: tuple[Step, ...] = (
    *pressed("F2"),
    *typed(NEXT_TAIL),
    *ENTER,
    *typed(CERTIFIED_COPY),
    *typed("1"),
    *ENTER,
    *typed("2"),
    *pressed("F9"),
)
"""The next citizen, known here: a certification, without a scan, so that it is one burst with what comes before."""


@dataclass(frozen=True)
class Row:
    """A row of the budget: at most so many keys and scans.

    accepts: dossiers that it makes (and those of `before`), the next citizen's left out; sees: what stands on
    the screen when it is done, and again after Esc from the next citizen's page; before: done calmly and not
    counted; free: keys among its steps that the row does not count; survey: whether it ends before the
    citizen's keys; answer: what he presses, which is the row `answers` of at most `answer_keys`.
    """

    name: str
    keys: int
    scans: int
    steps: Sequence[Step]
    accepts: int = 0
    sees: str = ""
    before: Sequence[Step] = ()
    free: int = 0
    survey: bool = False
    answer: Sequence[bytes] = ()
    answers: str = ""
    answer_keys: int = 0

    @property
    def counted(self) -> tuple[int, int]:
        """The keys and scans of the row."""
        scans = sum(isinstance(step, Scan) for step in self.steps)
        return len(self.steps) - scans - self.free, scans


def intake_rows() -> tuple[Row, ...]:
    """Return the rows of intake and certification."""
    lan, birth, copy = Scan(card(LAN)), typed(BIRTH), typed(CERTIFIED_COPY)
    certify = (lan, *copy, *typed("5"), *ENTER, *typed("3"))
    khai = (*typed("khai"), *ENTER)
    return (
        Row("I1", 5, 1, (lan, *birth, *ENTER * 3), 1),
        Row("I2", 20, 1, (Scan(card(QUANG)), *khai, *typed("0987654321"), *ENTER * 4), 1),
        Row("I3", 16, 0, (*pressed("F2"), *typed("001234"), *ENTER, *khai, *ENTER * 3), 1),
        Row(
            "I4",
            75,
            0,
            (
                *(*pressed("F2"), *typed("022085004321"), *ENTER, *typed("Trần Văn Bình"), *ENTER, *typed("0203")),
                *(*ENTER, *typed("0987654322"), *ENTER, *typed("ha tu"), *ENTER, *typed("Số 12A"), *ENTER),
                *(*khai, *ENTER * 3),
            ),
            1,
        ),
        Row("I5", 9, 0, (*pressed("F8"), *khai, *ENTER * 3), 2, before=(lan, *birth, *ENTER * 3)),
        Row("I6", 5 + 3, 1, (lan, *birth, *typed(" "), *ENTER * 4), 1),
        Row("C1", 7, 1, (*certify, *pressed("F9")), 1),
        Row("C1 handed over at once", 7, 1, (*certify, *pressed("F5")), 1),
        Row(
            "C2",
            6,
            0,
            (*pressed("F8"), *copy, *typed("2"), *ENTER, *typed("1"), *pressed("F9")),
            2,
            before=(*certify, *pressed("F9")),
        ),
        Row(
            "Q1",
            2,
            0,
            (*pressed("F6"), *NEXT, *pressed("F6"), *typed("0912345670"), *ENTER * 4),
            2,
            before=(Scan(card(MAI)), *birth),
            free=len(NEXT) + 10 + 4,
        ),
    )


def desk_rows(waiting: Waiting) -> tuple[Row, ...]:
    """Return the rows of lookup, return, survey, undo, papers and sign-in, with the dossiers that wait."""
    huong = waiting[HUONG.name]
    to_return = pressed("Enter", "Enter")
    himself, other, lost_slip = waiting["Phạm Văn Tám"], waiting["Vũ Thị Mười"], waiting["Bùi Thị Chín"]
    lost = (*typed("l"), *to_return)
    return (
        Row("L1", 0, 1, (Scan(huong.slip),), sees=huong.code),
        Row("L2", 7, 0, (*typed(huong.tail), *ENTER), sees=huong.code, before=pressed("F3")),
        Row("L3", 9, 0, (*typed("dang thi"), *ENTER), sees=huong.code, before=pressed("F3")),
        Row("L4", 5, 0, (*typed("5678"), *ENTER), sees=huong.code, before=pressed("F3")),
        Row(
            "R1",
            2,
            1,
            (Scan(himself.slip), *to_return),
            survey=True,
            answer=(*typed("1"), *ENTER),
            answers="S1",
            answer_keys=2,
        ),
        Row(
            "R2",
            4,
            2,
            (Scan(other.slip), *typed("p"), Scan(card(SON)), *to_return),
            survey=True,
            answer=(*typed("3"), *ENTER, *typed("2"), *ENTER),
            answers="S3",
            answer_keys=4,
        ),
        Row(
            "R3 by its code",
            12,
            0,
            (*typed(lost_slip.tail), *ENTER, *lost),
            survey=True,
            answer=pressed("Esc"),
            before=pressed("F3"),
        ),
        Row(
            "R3 by its name",
            12,
            0,
            (*typed("do van"), *ENTER, *lost),
            survey=True,
            answer=pressed("Esc"),
            before=pressed("F3"),
        ),
        Row("U1", 2, 0, pressed("Ctrl+Z", "Enter")),
        Row("P1", 2, 0, pressed("F7", "Enter")),
        Row("W1", 6, 1, (Scan(badge_digits(BADGE)), *typed(OTHER_PIN))),
    )


def criteria_row(waiting: Waiting) -> Row:
    """Return S2, which a desk that asks five questions has."""
    return Row(
        "R1 before five questions",
        2,
        1,
        (Scan(waiting["Ngô Văn Một"].slip), *pressed("Enter", "Enter")),
        survey=True,
        answer=(*typed("12122"), *ENTER),
        answers="S2",
        answer_keys=6,
    )
