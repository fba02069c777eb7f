"""The steps of a lesson's file: what they say, what they want, and what is done by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desk.rules.lessons import facts
from desk.rules.lessons.lesson import FAULTS, HINTS, VERBS, Act, Condition, Never, Question, Step, Verb, Want, Words
from desk.rules.lessons.reading import LANGUAGES, MOST_LETTERS, Table, shown
from desk.text import clean
from desk.words import N_

_NEVER: Final = re.compile(r"([a-z_]+\.[a-z_]+)( twice)?")
_DAYS: Final = re.compile(r"\+([0-9]{1,2})d")
_KEY: Final = re.compile(r"f[1-9]|ctrl\+[a-z]|enter|escape|tab|space|up|down|left|right|home|end|[0-9a-z]")
"""The keys of the desk (decisions, 4), by the names that Textual gives them."""
_LONGEST_PAUSE_S: Final = 10


@dataclass(frozen=True, slots=True)
class Known:
    """What other floors know and a lesson may name."""

    events: Collection[str]
    """Kinds of events."""
    screens: Collection[str]
    """Names of workplaces."""
    procedures: Collection[str]
    """Codes of the catalogue."""
    papers: Collection[str]
    """Kinds of papers."""


class Named:
    """The names met so far in a lesson's file; dossiers: of its prepared ones and of the steps read so far."""

    def __init__(self, known: Known, citizens: Sequence[str] = (), dossiers: Sequence[str] = ()) -> None:
        self.known = known
        self.citizens, self.dossiers = list(citizens), list(dossiers)

    def new(self, table: Table, kind: str) -> str:
        """Return a new id, which must not be there yet."""
        found = table.name("id")
        those = self.citizens if kind == "citizen" else self.dossiers
        if found and found in those:
            table.fault("id", "twice", N_("{key} is there twice: {id}"), id=found)
        those.append(found)
        return found

    def of(self, kind: str) -> Collection[str]:
        """Return what may stand where a name of `kind` is asked for."""
        match kind:
            case "citizen":
                return self.citizens
            case "dossier":
                return self.dossiers
            case "procedure":
                return self.known.procedures
            case _:
                return self.known.papers

    def one(self, table: Table, key: str, kind: str) -> str:
        """Return a name of `kind`, which must be known."""
        text = table.text(key)
        if text and text not in self.of(kind):
            table.not_known(key, text, self.of(kind), "unknown-id")
        return text


def read_step(table: Table, named: Named) -> Step:
    """Return one step; its id may be named by the steps after it."""
    earlier = Named(named.known, named.citizens, named.dossiers)
    if "ask" in table:
        return _question(table, named)
    step = Step(
        id=named.new(table, "dossier"),
        say=table.words("say"),
        want=_want(table, earlier),
        hints=_hints(table),
        before=_acts(table, "before", earlier, ("fault", "clock")),
        never=_never(table, named.known),
        do=_acts(table, "do", earlier, VERBS),
        points=table.whole("points", most=100, default=10),
        seconds=table.whole("seconds", least=1, most=3600, default=30),
    )
    table.close()
    return step


def _question(table: Table, named: Named) -> Step:
    """Return a step that asks something; it wants nothing done."""
    choices = _in_both(table, "choices")
    answer = table.whole("answer", least=1)
    if choices and answer > len(choices):
        table.fault("answer", "limit", N_("{key} must be from {least} to {most}"), least=1, most=len(choices))
    step = Step(
        id=named.new(table, "dossier"),
        say=table.words("ask"),
        want=Want(),
        hints=_hints(table),
        points=table.whole("points", most=100, default=10),
        question=Question(choices, answer),
        seconds=table.whole("seconds", least=1, most=3600, default=30),
    )
    table.close()
    return step


def _want(table: Table, named: Named) -> Want:
    if "want" not in table:
        table.raw("want")
        table.fault("want", "missing", N_("{key} is missing: when is this step done?"))
        return Want()
    want = table.table("want")
    event = want.one_of("event", named.known.events, needed=False)
    screen = want.one_of("screen", named.known.screens, needed=False)
    count = want.whole("count", least=1, most=20, default=1)
    where = _where(want.table("where"), named, event) if "where" in want else {}
    want.raw("where")
    status = want.one_of("status", facts.OF_DOSSIER["status"].words, needed=False)
    if status:
        where["status"] = status
    wants = [key for key in ("event", "screen", "where", "status") if key in want]
    if not wants:
        table.fault("want", "missing", N_("{key} names none of event, screen, status and where"))
    elif screen and (event or where):
        want.fault("screen", "limit", N_("{key} stands alone: a workplace that is seen has no event and no dossier"))
    elif not ("event" in want or "screen" in want or "dossier" in want.table("where")):
        table.fault("want", "missing", N_("{key} without an event needs where.dossier: which dossier stands so?"))
    want.close()
    return Want(event, screen, where, count)


def _where(table: Table, named: Named, event: str) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    for key in table.keys:
        fact = facts.askable(key)
        value = table.raw(key)
        if fact is None:
            table.not_known(key, key, [*facts.OF_DOSSIER, *facts.OF_EVENT], "unknown-key")
        elif key in facts.OF_EVENT and key not in facts.OF_DOSSIER and not event:
            table.fault(key, "limit", N_("{key} is a fact of an event, and this want names none"))
        else:
            condition = _condition(table, key, value, fact, named)
            if condition is not None:
                found[key] = condition
    return found


def _condition(table: Table, key: str, value: Any, fact: facts.Askable, named: Named) -> Condition | None:
    """Return what a fact must be, None where a fault was noted."""
    if fact.kind == "yes_no":
        if isinstance(value, bool):
            return value
        table.fault(key, "wrong-type", N_("{key} must be true or false"))
    elif fact.kind == "number":
        return _number(table, key, value)
    else:
        return _text(table, key, value, fact, named)
    return None


def _number(table: Table, key: str, value: Any) -> Condition | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, list) and value and all(type(one) is int for one in value):
        return tuple(value)
    is_range = isinstance(value, dict) and value and set(value) <= {"min", "max"}
    if is_range and all(type(one) is int for one in value.values()):
        return dict(value)
    table.fault(key, "wrong-type", N_("{key} must be a whole number, a list of them, or {{ min = 1, max = 9 }}"))
    return None


def _text(table: Table, key: str, value: Any, fact: facts.Askable, named: Named) -> Condition | None:
    several = value if isinstance(value, list) else [value]
    if not several or not all(isinstance(one, str) for one in several):
        table.fault(key, "wrong-type", N_("{key} must be a text or a list of texts"))
        return None
    allowed = named.of(fact.names) if fact.names else fact.words
    for one in several:
        if (fact.names or fact.words) and one not in allowed:
            table.not_known(key, clean(one), allowed, "unknown-id" if fact.names else "unknown-value")
            return None
    texts = tuple(clean(one) for one in several)
    return texts if isinstance(value, list) else texts[0]


def _hints(table: Table) -> tuple[Words, ...]:
    if "hint" not in table:
        table.raw("hint")
        return ()
    hints = _in_both(table, "hint")
    if len(hints) > HINTS:
        table.fault("hint", "limit", N_("{key} has more than {most} hints; after them the step is shown"), most=HINTS)
    return hints


def _in_both(table: Table, key: str) -> tuple[Words, ...]:
    """Return a list of sentences in both languages, () where a fault was noted."""
    if key not in table:
        table.raw(key)
        table.fault(key, "missing", N_("{key} is missing"))
        return ()
    before = len(table.faults.found)
    lists = table.table(key)
    in_each = {lang: lists.names(lang) for lang in LANGUAGES}
    lists.close()
    for lang in LANGUAGES:
        if lang not in lists:
            said = N_("{key} is missing: each sentence stands in both languages, vi and en")
            lists.fault(lang, "missing-language", said)
        elif not all(0 < len(one.strip()) <= MOST_LETTERS for one in in_each[lang]):
            said = N_("{key} has a sentence that is empty or has more than {limit} letters")
            lists.fault(lang, "limit", said, limit=MOST_LETTERS)
    if len(table.faults.found) == before and len(in_each["vi"]) != len(in_each["en"]):
        table.fault(key, "missing-language", N_("{key} has not the same number of sentences in both languages"))
    if len(table.faults.found) > before:
        return ()
    return tuple(Words(vi, en) for vi, en in zip(in_each["vi"], in_each["en"], strict=True))


def _never(table: Table, known: Known) -> tuple[Never, ...]:
    found = []
    for text in table.names("never"):
        match = _NEVER.fullmatch(text)
        if match is None or match[1] not in known.events:
            table.not_known("never", text, known.events)
        else:
            found.append(Never(match[1], 1 if match[2] else 0))
    return tuple(found)


def _acts(table: Table, key: str, named: Named, verbs: Collection[str]) -> tuple[Act, ...]:
    value = table.raw(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        table.fault(key, "wrong-type", N_('{key} must be a list, as in [["key", "f9"]]'))
        return ()
    return tuple(act for one in value if (act := _act(table, key, one, named, verbs)) is not None)


def _act(table: Table, key: str, value: object, named: Named, verbs: Collection[str]) -> Act | None:
    words = [str(one) for one in value] if isinstance(value, list) else []
    if not words:
        table.fault(key, "wrong-type", N_('{key} must be a list, as in [["key", "f9"]]'))
        return None
    verb, what = words[0], tuple(words[1:])
    if verb not in verbs:
        table.not_known(key, verb, verbs)
        return None
    allowed = _allowed(verb, what, named)
    if allowed:
        table.fault(key, "unknown-value", allowed, act=shown(" ".join(words)))
        return None
    return Act(_verb(verb), what)


def _verb(text: str) -> Verb:
    return next(verb for verb in VERBS if verb == text)


def _allowed(verb: str, what: tuple[str, ...], named: Named) -> str:
    """Return what is wrong with an act as a message id, "" where nothing is."""
    one = what[0] if len(what) == 1 else ""
    match verb:
        case "key":
            return "" if what and all(map(_KEY.fullmatch, what)) else N_("{key}: no such key of the desk: {act}")
        case "type":
            return "" if one and clean(one) == one else N_("{key}: one text to type is needed: {act}")
        case "pin":
            return "" if not what else N_("{key}: the PIN of practice is typed by itself: {act}")
        case "scan":
            return "" if one in named.citizens and one else N_("{key}: nobody of the lesson has this id: {act}")
        case "slip":
            said = N_("{key}: no step before this one and no dossier of the lesson has this id: {act}")
            return "" if one in named.dossiers and one else said
        case "fault":
            whole = len(what) == 2 and what[1] in FAULTS.get(what[0], ())
            return "" if whole else N_("{key}: no such fault: {act}; possible are link and printer with their words")
        case "clock":
            return "" if _DAYS.fullmatch(one) else N_("{key}: the clock goes on by whole days, as in +2d: {act}")
        case _:
            whole = one.isdigit() and 0 < int(one) <= _LONGEST_PAUSE_S
            return "" if whole else N_("{key}: a pause has 1 to 10 seconds: {act}")


def days_of(act: Act) -> int:
    """Return how many days an act of the clock goes on."""
    match = _DAYS.fullmatch(act.what[0]) if act.what else None
    return int(match[1]) if match else 0
