"""What a scanned paper is worth, in the officer's words; no widget here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from desk.words import N_, _
from screens import phrases
from screens.widgets.facts import Fact, Tone

if TYPE_CHECKING:
    from desk.rules.verdict import Verdict

_SAID: Final = {
    "genuine": N_("Genuine: this paper was issued by a desk whose key is known here."),
    "altered": N_("Altered: the digits are not those of the paper as it was issued."),
    "unknown_key": N_("Not proved: the key of this paper is not known here, or was revoked."),
    "practice": N_("A practice paper, without any worth."),
    "not_ours": N_("This is no paper of ours."),
}


def facts(verdict: Verdict, unit_name: Callable[[str], str], *, is_elsewhere: bool) -> list[Fact]:
    """Return what is said of a paper whose dossier is not here; is_elsewhere: another unit is known to have it."""
    here = N_("This machine does not know the dossier of this paper.")
    there = N_("Another unit received the dossier of this paper.")
    said: list[Fact] = [
        Fact(N_("Dossier"), _(there if is_elsewhere else here), "strong"),
        Fact(N_("Paper"), _(_SAID[verdict.word]), _tone(verdict)),
    ]
    if verdict.code:
        said.append(Fact(N_("Code"), verdict.code))
    if verdict.key is not None:
        said.append(Fact(N_("Issued by"), unit_name(verdict.key.unit)))
    if verdict.proof is not None and verdict.key is not None:
        said.append(Fact(N_("Accepted at"), phrases.moment(verdict.proof.accepted_at)))
        if verdict.proof.due_at is not None:
            said.append(Fact(N_("Due"), phrases.moment(verdict.proof.due_at)))
    if verdict.other_host:
        said.append(Fact(N_("Address"), _("The address on it is another one: {host}.").format(host=verdict.other_host)))
    return said


def doubt(verdict: Verdict, *, is_practice: bool) -> str:
    """Return what speaks against a paper whose dossier is known here, "" for nothing."""
    if verdict.word not in ("genuine", "practice" if is_practice else "genuine"):
        return _(_SAID[verdict.word])
    if verdict.replaced_by is not None:
        return _("This paper was replaced by copy {copy}.").format(copy=verdict.replaced_by)
    if verdict.other_host:
        return _("The address on it is another one: {host}.").format(host=verdict.other_host)
    return ""


def _tone(verdict: Verdict) -> Tone:
    return "" if verdict.word == "genuine" else "late"
