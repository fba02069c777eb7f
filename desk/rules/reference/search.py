"""Find a procedure by what people call it: alias, everyday words, official name, first letters, code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from desk.rules.dossier import Procedure
from desk.rules.reference.catalogue import FREQUENCIES
from desk.text import fold

_NOT_FOUND = 99


class _Words(NamedTuple):
    """What a procedure is found by, folded."""

    alias: str
    everyday: tuple[str, ...]
    name: str
    every_word: tuple[str, ...]
    codes: tuple[str, ...]


def search_procedures(procedures: Iterable[Procedure], words: str) -> tuple[Procedure, ...]:
    """Return the procedures that `words` names, best first; all of them for no words.

    words: with or without accents; whole words, their beginnings, or first letters (`ks` for Khai sinh).
    Among equals the more frequent come first, then the shorter alias.
    """
    asked = fold(words)
    ranked = [(rank, *_weight(one), one) for one in procedures if (rank := _rank(one, asked)) < _NOT_FOUND]
    ranked.sort(key=lambda hit: hit[:4])
    return tuple(hit[4] for hit in ranked)


def _weight(procedure: Procedure) -> tuple[int, int, str]:
    often = FREQUENCIES.index(procedure.expected_frequency) or len(FREQUENCIES)
    return often, len(procedure.alias), procedure.code


def _rank(procedure: Procedure, asked: str) -> int:
    if not asked:
        return 0
    known = _words_of(procedure)
    letters = asked.replace(" ", "")
    parts = _split(asked)
    tests = (
        any(code.startswith(asked) for code in known.codes) and asked[0].isdigit(),
        asked == known.alias,
        asked in known.everyday,
        letters == _initials(known.alias),
        known.alias.startswith(asked) or _all_begin(parts, _split(known.alias)),
        any(_all_begin(parts, _split(phrase)) for phrase in known.everyday),
        letters in (_initials(phrase) for phrase in known.everyday),
        _initials(known.alias).startswith(letters) and len(letters) > 1,
        _all_begin(parts, _split(known.name)),
        _all_begin(parts, known.every_word),
        letters in _initials(known.name) and len(letters) > 2,
    )
    return next((rank for rank, holds in enumerate(tests) if holds), _NOT_FOUND)


@lru_cache(maxsize=2048)
def _words_of(procedure: Procedure) -> _Words:
    everyday = tuple(fold(phrase) for phrase in procedure.everyday_words)
    alias, name = fold(procedure.alias), fold(procedure.name_vi)
    field = fold(procedure.field_vi)
    return _Words(
        alias,
        everyday,
        name,
        _split(" ".join((alias, *everyday, name, field))),
        (procedure.code, procedure.code.replace(".", ""), procedure.code.partition(".")[2]),
    )


def _all_begin(parts: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Tell whether every part begins one of `words`; without parts nothing is found."""
    return bool(parts) and all(any(word.startswith(part) for word in words) for part in parts)


@lru_cache(maxsize=4096)
def _split(folded: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", folded))


def _initials(folded: str) -> str:
    return "".join(word[0] for word in _split(folded))
