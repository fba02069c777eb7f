"""Statutory times: read from text, chosen by channel, checked before use."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import get_args

from desk.errors.rule import CutoffUnreadable, TermUnreadable
from desk.rules.dossier import Channel, Procedure, Term, TermUnit
from desk.rules.hours import parse_time

LONGEST = 10_000
"""No statutory time is longer than this many units (forty years of working days); a larger one is a slip."""

_UNITS: dict[str, TermUnit] = {unit: unit for unit in get_args(TermUnit)}
_TERM = re.compile(r"(?:([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*)?([a-z_]+)", re.ASCII)
_VARIANT = re.compile(r"([a-z]+)\s+(.+)", re.ASCII)


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


def term_of(procedure: Procedure, channel: Channel) -> Term:
    """Return the statutory time of `procedure` through `channel`.

    The time depends on the channel (domain, 5.1.8). Where the portal lists several times of one channel they
    are those of its cases: the procedure's own is taken if it is among them, else the first.
    """
    listed = [term for name, term in parse_variants(procedure.time_variants) if name == channel]
    if not listed or any((term.value, term.unit) == (procedure.term.value, procedure.term.unit) for term in listed):
        return procedure.term
    return listed[0]


def parse_variants(text: str) -> tuple[tuple[str, Term], ...]:
    """Return ((channel, term), ...) of "online 10 working_day; counter 20 working_day"; raises TermUnreadable."""
    variants: list[tuple[str, Term]] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = _VARIANT.fullmatch(part)
        if not match:
            raise TermUnreadable(term=part)
        variants.append((match[1], parse_term(match[2])))
    return tuple(variants)
