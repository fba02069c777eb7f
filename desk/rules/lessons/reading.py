"""Reads tables of TOML strictly and notes every fault with its line: nothing unknown, nothing of another type.

Each reader answers with a stand-in where it has noted a fault; what was made of it is never used.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from desk.rules.lessons.lesson import Words
from desk.rules.lessons.lines import Path, line_at
from desk.text import clean
from desk.words import N_, _

FaultCode = Literal[
    "toml", "unknown-key", "missing", "missing-language", "wrong-type", "unknown-value", "unknown-id", "twice", "limit"
]
LANGUAGES: Final = ("vi", "en")
MOST_LETTERS: Final = 400
"""What a step says or hints at fits the coach's panel."""
_SHOWN: Final = 40
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on one line; the sentence speaks the language in which it is shown."""

    line: int
    code: FaultCode
    said: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return _(self.said).format(**self.facts)

    def __str__(self) -> str:
        return _("line {line}: {sentence} [{code}]").format(line=self.line, sentence=self.sentence, code=self.code)


class Faults:
    """The faults of one file, in the order in which they were met."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self.lines = lines
        self.found: list[Fault] = []

    def add(self, path: Path, code: FaultCode, said: str, **facts: object) -> None:
        """Note a fault at `path`; said: a sentence marked with N_."""
        self.found.append(Fault(line_at(path, self.lines), code, said, facts))


def shown(value: object) -> str:
    """Return a value short enough for a sentence, without control characters."""
    text = clean(str(value))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class Table:
    """One table: what is asked for is known, the rest is a fault (`close`)."""

    def __init__(self, value: object, path: Path, faults: Faults) -> None:
        self.path, self.faults = path, faults
        self._asked: list[str] = []
        self._is_one = isinstance(value, dict)
        if not self._is_one:
            faults.add(path, "wrong-type", N_("{key} must be a table"), key=_named(path))
        self._values: dict[str, Any] = value if isinstance(value, dict) else {}

    def __contains__(self, key: str) -> bool:
        return key in self._values

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that stand there."""
        return tuple(self._values)

    def fault(self, key: str, code: FaultCode, said: str, **facts: object) -> None:
        """Note a fault of the value `key`; what is no table at all has no other fault."""
        if self._is_one:
            self.faults.add((*self.path, key), code, said, key=_named((*self.path, key)), **facts)

    def raw(self, key: str) -> Any:
        """Return the value as it was read, None where there is none."""
        self._asked.append(key)
        return self._values.get(key)

    def text(self, key: str, *, needed: bool = True, limit: int = MOST_LETTERS) -> str:
        """Return a text, cleaned; "" where it may lack and does."""
        value = self._typed(key, str, N_("{key} must be a text in quotation marks"), needed)
        if value is None:
            return ""
        text = clean(value).strip()
        if not text:
            self.fault(key, "missing", N_("{key} is empty"))
        elif len(text) > limit:
            self.fault(key, "limit", N_("{key} has more than {limit} letters"), limit=limit)
        return text

    def name(self, key: str) -> str:
        """Return an id: small letters, digits and hyphens."""
        text = self.text(key)
        if text and not _ID.fullmatch(text):
            said = N_("{key} must be an id of small letters a to z, digits and hyphens: {text}")
            self.fault(key, "wrong-type", said, text=shown(text))
        return text

    def one_of(self, key: str, allowed: Collection[str], *, default: str = "", needed: bool = True) -> str:
        """Return a text that is one of `allowed`."""
        text = self.text(key, needed=needed)
        if text and text not in allowed:
            self.not_known(key, text, allowed)
            return default
        return text or default

    def not_known(self, key: str, text: str, allowed: Collection[str], code: FaultCode = "unknown-value") -> None:
        """Note that `text` is none of what may stand there, with the nearest ones."""
        near = difflib.get_close_matches(text, sorted(allowed), 3, 0.4) or sorted(allowed)[:8]
        said = N_("{key} is “{text}”, which is unknown; possible is for instance: {near}")
        self.fault(key, code, said, text=shown(text), near=", ".join(near))

    def whole(self, key: str, *, least: int = 0, most: int = 1_000_000_000, default: int | None = None) -> int:
        """Return a whole number; default: what holds where there is none (None: it is needed)."""
        said = N_("{key} must be a whole number")
        value: int | None = self._typed(key, int, said, default is None)
        if value is None:
            return default if default is not None else least
        if not least <= value <= most:
            self.fault(key, "limit", N_("{key} must be from {least} to {most}"), least=least, most=most)
        return value

    def moment(self, key: str) -> datetime:
        """Return an instant in UTC; it is written with its offset."""
        said = N_("{key} must be a moment with its offset, as in 2026-11-25T07:30:00+07:00")
        value: datetime | None = self._typed(key, datetime, said, True)
        if value is None:
            return datetime(2026, 1, 1, tzinfo=UTC)
        if value.tzinfo is None:
            self.fault(key, "wrong-type", said)
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)

    def day(self, key: str) -> date:
        """Return a day."""
        value: date | None = self._typed(key, date, N_("{key} must be a day, as in 1990-05-15"), True)
        if isinstance(value, datetime):
            self.fault(key, "wrong-type", N_("{key} must be a day, as in 1990-05-15"))
        return value if value is not None and not isinstance(value, datetime) else date(1990, 1, 1)

    def words(self, key: str) -> Words:
        """Return a sentence in both languages."""
        if key not in self:
            self._asked.append(key)
            self.fault(key, "missing", N_("{key} is missing"))
            return Words("", "")
        table = self.table(key)
        found = Words(*(table.language(lang) for lang in LANGUAGES))
        table.close()
        return found

    def language(self, lang: str) -> str:
        """Return the sentence in `lang`, which may not lack."""
        if lang not in self:
            self._asked.append(lang)
            said = N_("{key} is missing: each sentence stands in both languages, vi and en")
            self.fault(lang, "missing-language", said)
            return ""
        return self.text(lang)

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, () where there is none."""
        value = self._typed(key, list, N_("{key} must be a list"), False)
        if value is None:
            return ()
        if not all(isinstance(one, str) for one in value):
            self.fault(key, "wrong-type", N_("{key} must be a list of texts"))
            return ()
        return tuple(clean(one) for one in value)

    def table(self, key: str) -> Table:
        """Return the table under `key`, an empty one where there is none."""
        return Table(self.raw(key) if key in self else {}, (*self.path, key), self.faults)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of a list of tables."""
        value = self.raw(key)
        if value is not None and not isinstance(value, list):
            self.fault(key, "wrong-type", N_("{key} must be a list of tables, each under [[…]]"))
            return
        for at, one in enumerate(value or ()):
            yield Table(one, (*self.path, key, at), self.faults)

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, 1)
                said = N_("{key} is unknown; meant is perhaps {near}") if near else N_("{key} is unknown here")
                self.fault(key, "unknown-key", said, near=near[0] if near else "")

    def _typed(self, key: str, kind: type[Any], said: str, needed: bool) -> Any:
        value = self.raw(key)
        if value is None:
            if needed:
                self.fault(key, "missing", N_("{key} is missing"))
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            self.fault(key, "wrong-type", said)
            return None
        return value


def _named(path: Sequence[str | int]) -> str:
    """Return a path as a person names it: `step 2, say.vi`."""
    named = ""
    for part in path:
        if isinstance(part, int):
            named += f" {part + 1}, "
        else:
            named += ("" if not named or named.endswith(", ") else ".") + shown(part)
    return named.removesuffix(", ")
