"""Statutory times: read from text, chosen by channel, checked before use."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple, get_args

from desk.errors.rule import CaseUnknown, CutoffUnreadable, TermUnreadable
from desk.rules.dossier import Channel, Procedure, Term, TermUnit
from desk.rules.hours import parse_time

LONGEST = 10_000
"""No statutory time is longer than this many units (forty years of working days); a larger one is a slip."""

ANSWER_TIME = Term(8, "hour")
"""The working time in which a dossier filed online is to be accepted or refused.

Source: Nghị định 118/2025/NĐ-CP on reception through the portal, as used by provincial systems: one working
day. [R] in the domain's page, therefore one constant and shown as hours left.
"""

_UNITS: dict[str, TermUnit] = {unit: unit for unit in get_args(TermUnit)}
_TERM = re.compile(r"(?:([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*)?([a-z_]+)", re.ASCII)
_VARIANT = re.compile(r"([a-z]+)\s+([^:]+)(?::\s*(.*\S))?\s*")


class Variant(NamedTuple):
    """A time of a procedure through one channel, of one of its cases (trường hợp); case: "" where it has no name."""

    channel: str
    term: Term
    case: str = ""


class Case(NamedTuple):
    """A case of a procedure that has a time of its own; id: its name, or its time as written where it has none."""

    id: str
    term: Term


def parse_term(text: str, cutoff: str = "") -> Term:
    """Return the term written as "3 working_day", "0.5 working_day", "4 hour", "within_day".

    A number is left out only for `within_day`, whose number is 1; a plural s and a decimal comma are taken.
    cutoff: "HH:MM" of the office or "". Raises TermUnreadable, CutoffUnreadable.
    """
    match = _TERM.fullmatch(text.strip().lower())
    unit = match and (_UNITS.get(match[2]) or _UNITS.get(match[2].removesuffix("s")))
    if not match or not unit or (match[1] is None and unit != "within_day"):
        raise TermUnreadable(term=text)
    term = Term(float((match[1] or "1").replace(",", ".")), unit, cutoff)
    try:
        check_term(term)
    except TermUnreadable as error:
        raise TermUnreadable(term=text) from error
    return term


def check_term(term: Term) -> None:
    """Raise TermUnreadable or CutoffUnreadable if no due date can be computed from `term`.

    N > 0 (decisions, 5); `within_day` is one day and nothing else.
    """
    if not 0 < term.value <= LONGEST or (term.unit == "within_day" and term.value != 1):
        raise TermUnreadable(term=written_term(term))
    if term.cutoff and parse_time(term.cutoff) is None:
        raise CutoffUnreadable(cutoff=term.cutoff)


def exact(value: float) -> Fraction:
    """Return the number as it was written (0.1 is one tenth, not the nearest binary fraction)."""
    return Fraction(repr(value))


def written_term(term: Term) -> str:
    """Return the term as parse_term reads it."""
    return f"{term.value:g} {term.unit}"


def term_of(procedure: Procedure, channel: Channel, case: str | None = None) -> Term:
    """Return the statutory time of `procedure` through `channel`, in one of its cases; raises CaseUnknown.

    The time depends on channel and case (domain, 5.1.8). Without a case the procedure's own time is taken where
    it is among those of the channel, else the first of them. Where no case has a time of its own, a case is
    only a condition of fees and may be anything.
    """
    cases = cases_of(procedure, channel)
    if case and cases:
        found = next((one.term for one in cases if one.id == case), None)
        if found is None:
            raise CaseUnknown(case=case, nearest="; ".join(one.id for one in cases))
        return found
    listed = [one.term for one in parse_variants(procedure.time_variants) if one.channel == channel]
    if not listed or any(_is_same(term, procedure.term) for term in listed):
        return procedure.term
    return listed[0]


def cases_of(procedure: Procedure, channel: Channel) -> tuple[Case, ...]:
    """Return the cases of `procedure` that have times of their own through `channel`, in the catalogue's order.

    () where there is one time only. The procedure's own time keeps its cut-off.
    """
    listed = [one for one in parse_variants(procedure.time_variants) if one.channel == channel]
    if len(listed) < 2:
        return ()
    own = procedure.term
    return tuple(
        Case(one.case or written_term(one.term), own if _is_same(one.term, own) else one.term) for one in listed
    )


def _is_same(term: Term, other: Term) -> bool:
    return (term.value, term.unit) == (other.value, other.unit)


def parse_variants(text: str) -> tuple[Variant, ...]:
    """Return the times of "online 10 working_day; counter 20 working_day: đổi do mất"; raises TermUnreadable."""
    variants: list[Variant] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = _VARIANT.fullmatch(part)
        if not match:
            raise TermUnreadable(term=part)
        variants.append(Variant(match[1], parse_term(match[2]), match[3] or ""))
    return tuple(variants)
