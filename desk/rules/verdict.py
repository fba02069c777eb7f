"""What a paper's text is worth: genuine, altered, of an unknown key, practice or not ours; never a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from desk.rules.codes import has_right_check
from desk.rules.layout_digits import SHORT_LENGTH, SIGNED_LENGTH, digits_back
from desk.rules.proof import ProofKind, SignedProof, SlipProof, opened, read_digits


@dataclass(frozen=True, slots=True)
class KnownKey:
    """The public key of a desk, this one's or another's."""

    public: bytes
    desk: str
    unit: str
    agency_code: str
    practice: bool = False
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownDossier:
    """What this desk's log knows of a tracking number."""

    code: str
    copies: Mapping[ProofKind, int] = field(default_factory=dict)
    """The newest copy made of each kind of paper."""
    practice: bool = False
    of_act: Mapping[tuple[ProofKind, int], int] = field(default_factory=dict)
    """The newest copy of the same act, by kind and copy: a second supplement request replaces no first one.
    What is not named here goes by `copies`."""
    void: frozenset[tuple[ProofKind, int]] = frozenset()
    """Copies that were marked void."""


VerdictWord = Literal["genuine", "altered", "unknown_key", "practice", "not_ours"]
Why = Literal["", "no_digits", "check_digits", "layout", "key", "signature", "practice_key", "revoked", "number"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is worth, said without any network."""

    word: VerdictWord
    why: Why = ""
    """What spoke against it: no digits of ours, wrong check digits, another layout, a key not known, a wrong
    signature, a real paper under a practice key, a key revoked before, a short number not known here."""
    proof: SlipProof | None = None
    """None for the short form, which carries no signature."""
    key: KnownKey | None = None
    """Whose paper it is; set only when its signature was found right."""
    tracking: int | None = None
    code: str | None = None
    confirmed: bool = False
    """True where this desk's log knows the dossier."""
    replaced_by: int | None = None
    """The newest copy, as far as this desk's log knows, where this one is older."""
    is_void: bool = False
    """True where this desk's log marks the copy as void: genuine, but no longer good."""
    other_host: str = ""
    """The host in the text where it is not ours."""


def judge(
    text: str,
    keys: Iterable[KnownKey],
    known: Callable[[int], KnownDossier | None] = lambda tracking: None,
    tracking_url: str = "",
) -> Verdict:
    """Return the verdict on a scanned or typed `text`: the long form by its signature, the short by the log.

    keys: every key known here, revoked ones too. known: what the log says of a tracking number.
    A paper accepted after its key's revocation is `unknown_key`; one accepted before stays genuine, and
    `confirmed` tells whether the log knows it.
    """
    digits = read_digits(text)
    host = _other_host(text, tracking_url)
    if len(digits) not in (SHORT_LENGTH, SIGNED_LENGTH):
        return Verdict("not_ours", "no_digits", other_host=host)
    if not has_right_check(digits):
        return Verdict("altered", "check_digits", other_host=host)
    if len(digits) == SHORT_LENGTH:
        return _judge_short(int(digits[:-2]), known, host)
    signed = opened(digits)
    if signed is None:
        return Verdict("not_ours", "layout", other_host=host)
    return _judge_signed(signed, list(keys), known, host)


def _judge_short(number: int, known: Callable[[int], KnownDossier | None], host: str) -> Verdict:
    dossier = known(number) if number < 1 << 64 else None
    if dossier is None:
        return Verdict("not_ours", "number", tracking=number, other_host=host)
    word: VerdictWord = "practice" if dossier.practice else "genuine"
    return Verdict(word, tracking=number, code=dossier.code, confirmed=True, other_host=host)


def _judge_signed(
    signed: SignedProof,
    keys: list[KnownKey],
    known: Callable[[int], KnownDossier | None],
    host: str,
) -> Verdict:
    from desk.keys import key_id, verified  # cryptography: paid when a paper is judged

    proof = signed.proof
    named = [key for key in keys if key_id(key.public) == proof.key_id]
    key = next((key for key in named if verified(key.public, signed.signature, signed.body)), None)
    if key is None:
        if named:
            return Verdict("altered", "signature", proof, tracking=proof.tracking, other_host=host)
        word: VerdictWord = "practice" if proof.practice else "unknown_key"
        return Verdict(word, "key", proof, tracking=proof.tracking, other_host=host)
    word, why = _word_of(proof, key)
    dossier = known(proof.tracking)
    this = proof.kind, proof.copy
    newest = dossier.of_act.get(this, dossier.copies.get(proof.kind, 0)) if dossier else 0
    return Verdict(
        word,
        why,
        proof,
        key,
        proof.tracking,
        dossier.code if dossier else _own_code(proof, key),
        confirmed=dossier is not None,
        replaced_by=newest if newest > proof.copy else None,
        is_void=dossier is not None and this in dossier.void,
        other_host=host,
    )


def _word_of(proof: SlipProof, key: KnownKey) -> tuple[VerdictWord, Why]:
    """Return the word on a paper whose signature is right under `key`."""
    if proof.practice:
        return "practice", ""
    if key.practice:
        return "altered", "practice_key"
    if key.revoked_at is not None and proof.accepted_at > key.revoked_at:
        return "unknown_key", "revoked"
    return "genuine", ""


def _own_code(proof: SlipProof, key: KnownKey) -> str | None:
    if proof.code_on is None:
        return None
    return f"{key.agency_code}-{proof.code_on:%y%m%d}-{proof.serial:04d}"


def _other_host(text: str, tracking_url: str) -> str:
    said, ours = _host(digits_back(text)), _host(tracking_url)
    return "" if said == ours else said


def _host(text: str) -> str:
    found = re.match(r"\s*https?://([^/\s]+)/", text, re.IGNORECASE)
    return found[1].casefold() if found else ""
