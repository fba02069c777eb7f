"""The center's word for the next question: it proves that a request to be given events is no old one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import Session

from storage.queries import kept

_NONCE: Final = "center_nonce"


def asking(session: Session) -> dict[str, Any]:
    """Return what a request that asks for events must bring beside; nothing where no word was given yet."""
    word = kept.setting(session, _NONCE)
    return {"nonce": word} if isinstance(word, str) else {}


def keep(session: Session, value: Mapping[str, Any]) -> None:
    """Keep the word of the answer `value` for the next question; an older center gives none."""
    word = value.get("nonce")
    if isinstance(word, str):
        kept.keep_setting(session, _NONCE, word)


def is_over(value: Mapping[str, Any]) -> bool:
    """Return whether the answer `value` gave nothing because the word was not good (any more): it brings another."""
    return value.get("session") == "over"
