"""The officer's language: gettext at run time, Vietnamese first.

Message ids are whole English sentences. `_` translates at the moment of showing; strings of a class are
marked with `N_` and translated late; `counted` gives a sentence about a number of things. The catalogues of
desk/locale/<lang>/*.po are joined into one .mo.
"""

from __future__ import annotations

import gettext as _gettext
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desk.errors.base import N_, DeskError
from desk.errors.causes import Cause

__all__ = ["LANGUAGES", "N_", "Told", "_", "counted", "in_language", "language", "name_keys", "speak", "told"]

LANGUAGES = ("vi", "en")
_LOCALE = Path(__file__).parent / "locale"
_KEY = re.compile(r"(?<![\w^+])(?:F[1-9]|\^[A-Z]|Ctrl\+[A-Z])(?!\w)")
"""How sentences name a key."""


class _Spoken:
    """The one language of the process and its messages."""

    language = "en"
    messages: _gettext.NullTranslations = _gettext.NullTranslations()
    keys: Mapping[str, str] = {}


def speak(lang: str) -> None:
    """Let every later `_` answer in `lang` (one of LANGUAGES); raises ValueError for another."""
    if lang not in LANGUAGES:
        raise ValueError(lang)
    _Spoken.language = lang
    _Spoken.messages = _gettext.translation("desk", _LOCALE, [lang], fallback=True)


def language() -> str:
    """Return the language now spoken."""
    return _Spoken.language


class _Counted(str):
    """The id of a sentence about a number of things; `_` says it in the form of that number."""

    __slots__ = ("many", "n")
    many: str
    n: int


def counted(one: str, many: str, n: int) -> str:
    """Return the id of a sentence about `n` things, said like any other by `_`, `tell` or `Said`.

    one, many: the sentence in English for one thing and for another number of them, both in full.
    """
    message = _Counted(one)
    message.many, message.n = many, n
    return message


def _(message: str) -> str:
    """Return `message` in the language now spoken."""
    if not message:
        return ""
    if isinstance(message, _Counted):
        said = _Spoken.messages.ngettext(message, message.many, message.n)
    else:
        said = _Spoken.messages.gettext(message)
    return _KEY.sub(_key_now, said) if _Spoken.keys else said


def name_keys(keys: Mapping[str, str]) -> None:
    """Let every later `_` name other keys: `F9` or `Ctrl+L` in a sentence, and what stands in its place."""
    _Spoken.keys = dict(keys)


def _key_now(found: re.Match[str]) -> str:
    return _Spoken.keys.get(found[0], found[0])


@cache
def _messages_in(lang: str) -> _gettext.NullTranslations:
    return _gettext.translation("desk", _LOCALE, [lang], fallback=True)


def in_language(lang: str, message: str) -> str:
    """Return `message` in `lang`, whatever the process speaks: for a page that says all in two languages."""
    return _messages_in(lang).gettext(message) if message else ""


class Told(NamedTuple):
    """An error in the officer's words."""

    code: str
    message: str
    safe: str
    do: str

    def sentence(self) -> str:
        """Return the whole as one line: what happened, what is safe, what to do, the code."""
        return f"{self.message} {self.safe} {self.do} ({self.code})"


def told(error: DeskError) -> Told:
    """Return `error` in the language now spoken, its facts filled in."""
    facts = {name: _(fact) if isinstance(fact, Cause) else fact for name, fact in error.facts.items()}
    said, safe, do = (_(text).format(**facts) for text in (error.said, error.safe, error.do))
    return Told(error.code, said, safe, do)
