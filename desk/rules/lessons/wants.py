"""When a step is done: decided by what happened in the log and how dossiers stand, never by what was pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from desk.rules.lessons.facts import OF_DOSSIER, OF_EVENT, Fact, all_hold
from desk.rules.lessons.lesson import Step, Want

DossierFacts = Callable[[str], Mapping[str, Fact]]
"""Returns the facts of a dossier by its id as it stands now; {} where it is none."""


class Happened(NamedTuple):
    """An event of the log: where it stands, what it is, whose it is, and what it names."""

    position: int
    kind: str
    dossier: str
    facts: Mapping[str, Fact]


class Met(NamedTuple):
    """A want that is met: by the event at `position` (0: by how things stand), about `dossier` ("" for none)."""

    position: int = 0
    dossier: str = ""


def met(
    want: Want, happened: Sequence[Happened], dossier_facts: DossierFacts, named: Mapping[str, str], seen: str
) -> Met | None:
    """Return how `want` is met, None while it is not.

    happened: since the step before was done, in order. named: the dossiers of the lesson by the ids under which its
    steps speak of them. seen: the workplace on the screen.
    """
    if want.screen:
        return Met() if seen == want.screen else None
    if not want.event:
        dossier = named.get(str(want.where.get("dossier", "")), "")
        return Met(0, dossier) if dossier and _stands(want, dossier, dossier_facts(dossier)) else None
    fitting = [one for one in happened if one.kind == want.event and _fits(want, one, dossier_facts, named)]
    return (
        Met(fitting[want.count - 1].position, fitting[want.count - 1].dossier) if len(fitting) >= want.count else None
    )


def mistakes(step: Step, happened: Sequence[Happened]) -> int:
    """Return how often what must never happen in `step` has happened."""
    kinds = [one.kind for one in happened]
    return sum(max(0, kinds.count(never.event) - never.beyond) for never in step.never)


def _fits(want: Want, one: Happened, dossier_facts: DossierFacts, named: Mapping[str, str]) -> bool:
    of_event = [name for name in want.where if name in OF_EVENT]
    if of_event and not all_hold(want.where, lambda name: one.facts.get(name), of_event):
        return False
    of_dossier = [name for name in want.where if name in OF_DOSSIER]
    if not of_dossier:
        return True
    asked = want.where.get("dossier")
    if asked is not None and one.dossier != named.get(str(asked), "?"):
        return False
    return bool(one.dossier) and _stands(want, one.dossier, dossier_facts(one.dossier))


def _stands(want: Want, dossier: str, found: Mapping[str, Fact]) -> bool:
    names = [name for name in want.where if name in OF_DOSSIER and name != "dossier"]
    return not names or all_hold(want.where, lambda name: found.get(name), names)
