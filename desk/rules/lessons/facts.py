"""What a step may ask of the dossier and of the event: the facts by name, and when one is as it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from desk.rules.delays import CAUSES
from desk.rules.dossier import Book, Channel
from desk.rules.lessons.lesson import Condition
from desk.rules.lifecycle import STATUSES
from desk.rules.survey import ANSWERS
from desk.text import clean_line

Kind = Literal["text", "number", "yes_no"]
Fact = str | int | bool | tuple[str, ...] | None
"""A fact as it is found: several where a dossier has several (its papers); None where it has none."""


@dataclass(frozen=True, slots=True)
class Askable:
    """One fact: its kind, and the words it may have (empty: any text).

    names: whose ids the words are: of the lesson's citizens, of its steps and dossiers, "" for none.
    """

    kind: Kind = "text"
    words: tuple[str, ...] = ()
    names: Literal["", "citizen", "dossier", "procedure", "paper"] = ""


OF_DOSSIER: Final[Mapping[str, Askable]] = MappingProxyType(
    {
        "dossier": Askable(names="dossier"),
        "procedure": Askable(names="procedure"),
        "owner": Askable(names="citizen"),
        "submitter": Askable(names="citizen"),
        "proxy": Askable(names="citizen"),
        "receiver": Askable(names="citizen"),
        "status": Askable(words=STATUSES),
        "channel": Askable(words=get_args(Channel)),
        "book": Askable(words=get_args(Book)),
        "survey": Askable(words=("answered", "declined", "no_answer")),
        "cause": Askable(words=tuple(cause.id for cause in CAUSES)),
        "paper": Askable(names="paper"),
        "name": Askable(),
        "phone": Askable(),
        "address": Askable(),
        "note": Askable(),
        "place": Askable(),
        "pages": Askable("number"),
        "copies": Askable("number"),
        "sets": Askable("number"),
        "fee_dong": Askable("number"),
        "apologised": Askable("yes_no"),
        "overdue": Askable("yes_no"),
        "sent": Askable("yes_no"),
    }
)
"""Facts of a dossier as it stands now; several causes and papers: one of them is enough."""

OF_EVENT: Final[Mapping[str, Askable]] = MappingProxyType(
    {
        "level": Askable(words=ANSWERS),
        "how": Askable(words=("screen", "phone", "paper", "counter", "post")),
        "answer": Askable(words=("answered", "declined", "no_answer")),
        "kind": Askable(names="paper"),
        "copy": Askable("number"),
        "lost_slip": Askable("yes_no"),
    }
)
"""Facts that the event itself names."""


def askable(name: str) -> Askable | None:
    """Return what is known of the fact `name`, None where it is none."""
    return OF_DOSSIER.get(name) or OF_EVENT.get(name)


def holds(asked: Condition, found: Fact) -> bool:
    """Return whether a fact is as it was asked for; texts are compared as they are read, not byte by byte."""
    if isinstance(found, tuple):
        return any(holds(asked, one) for one in found)
    if isinstance(asked, Mapping):
        number = found if isinstance(found, int) and not isinstance(found, bool) else None
        return number is not None and asked.get("min", number) <= number <= asked.get("max", number)
    if isinstance(asked, tuple):
        return any(holds(one, found) for one in asked)
    if isinstance(asked, str):
        return isinstance(found, str) and clean_line(asked) == clean_line(found)
    return type(asked) is type(found) and asked == found


def all_hold(where: Mapping[str, Condition], found: Callable[[str], Fact], names: Collection[str] = ()) -> bool:
    """Return whether every fact of `where` is as asked for; names: only these of them, () for all."""
    return all(holds(asked, found(name)) for name, asked in where.items() if not names or name in names)
