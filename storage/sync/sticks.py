"""The exchange by stick at the desk: what the center lacks goes into a bundle, its answers come back in one.

The same messages as over a line, and the same rule: the center's last answer alone says what comes next.
Nothing is marked as sent for having been exported, so a lost stick costs nothing but the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from desk.errors.store import KeyMissing
from desk.errors.sync import BundleForAnother, BundleTorn, NoReply
from desk.keys import key_id, locked_for
from storage import chain
from storage.blobs import Blobs
from storage.bundle import Found, Part
from storage.log import Log
from storage.messages import BadMessage, Have, Place, read_answer, read_have, typed
from storage.pages import LARGEST_SIZE as LARGEST_PAGE
from storage.pages import Page, Wanted, read_page, read_wanted
from storage.sync import pages
from storage.sync.enrolling import Enrolled, join_by, request_to_join
from storage.sync.exchange import request_with
from storage.sync.file_sticks import Packed, pack, take_answers, take_pieces
from storage.sync.segments import LARGEST_SIZE, Span, next_segments, unsent
from storage.sync.state import have_of, state_of

_NO_PLACE: Final = (0, 0)


class Exported(NamedTuple):
    """What a bundle was written with."""

    parts: Sequence[Part]
    events: int
    files: int = 0
    """Attached files of which parts go with it."""
    files_left: int = 0
    """Attached files for which there was no room."""


class Replied(NamedTuple):
    """What the center's answers on a stick brought."""

    answers: int
    """How many of them were for this desk."""
    confirmed: int
    """How many of this desk's events are now known to be at the center and were not before."""
    have: Have | None
    taken: int = 0
    """How many events of other desks came with them and were new."""
    files: int = 0
    """How many attached files are now known to be at the center and were not before."""
    files_taken: int = 0
    """How many attached files of others came with them and are whole here now."""


def export(log: Log, center_key: bytes, *, app: str, store: Blobs | None = None, room: int = 0) -> Exported:
    """Return the bundle of everything that the center is not known to have; at least one part, a question.

    Where the center was never spoken with, that is the whole log. store: the attached files, which go with it as far
    as the bundle has not more than `room` bytes; None for none. Raises KeyMissing.
    """
    desk = log.identity.desk
    with log.store.reading() as session:
        lengths = chain.lengths(session, desk)
        have = have_of(state_of(session), desk) or Have(desk, 1, 0, log.identity.genesis.head_hash)
        pull = pages.wanted(session, log, pages.center_of(session), LARGEST_PAGE).value()
    messages: list[tuple[bytes, list[Span]]] = []
    spans = next_segments(have, lengths, LARGEST_SIZE)
    while spans or not messages:
        is_last = not next_segments(_after(have, spans), lengths, LARGEST_SIZE)
        asked = {"pull": pull} if is_last else {}  # of others' events, with the last of the own
        message, spans = request_with(log, have, spans, app, **asked)
        messages.append((message, spans))
        have = _after(have, spans)
        spans = next_segments(have, lengths, LARGEST_SIZE)
    locked = [locked_for(center_key, message) for message, _spans in messages]
    left = room - sum(map(len, locked))
    packed = Packed() if store is None else pack(log, center_key, store, left)
    bundle, to = log.chance.new_id(), key_id(center_key).hex()
    of = len(messages) + len(packed.messages)
    parts = [
        Part(bundle, desk, "sync", number, of, to, (spans[0].epoch, spans[0].first) if spans else _NO_PLACE, one)
        for number, (one, (_message, spans)) in enumerate(zip(locked, messages, strict=True), start=1)
    ]
    parts += [
        Part(bundle, desk, kind, number, of, to, _NO_PLACE, one)
        for number, (kind, one) in enumerate(packed.messages, start=len(parts) + 1)
    ]
    events = sum(span.length for _message, spans in messages for span in spans)
    return Exported(parts, events, packed.files, packed.left)


def _after(have: Have, spans: Sequence[Span]) -> Have:
    """Return what the center has once it has taken `spans`, too."""
    places = {place.epoch: place for place in have.places}
    places.update({span.epoch: Place(span.epoch, span.last, "") for span in spans})
    newest = places.pop(max(places))
    return Have(have.desk, newest.epoch, newest.seq, "", tuple(place for place in places.values() if place.seq))


def take_replies(log: Log, found: Found, center_key: bytes, store: Blobs | None = None) -> Replied:
    """Take the center's answers for this desk from a bundle; an answer older than the last one known is left.

    So a bundle may be taken twice, and two of them in any order. store: the attached files; without them what the
    answers say of files is left. Raises KeyMissing, BundleTorn,
    BundleForAnother, NoReply.
    """
    answers, given = [], [_given(raw, center_key) for raw in _opened(log, found, "page")]
    for raw in _opened(log, found, "answer"):
        try:
            value = read_answer(raw, center_key)
            answers.append((_place(value), read_have(value["have"], log.identity.desk), value, raw))
        except (BadMessage, KeyError):
            continue
        given.append(_given(raw, center_key))
    if not answers:
        raise NoReply()
    with log.store.writing() as session:
        state = state_of(session)
        lengths = chain.lengths(session, log.identity.desk)
        before = unsent(have_of(state, log.identity.desk), lengths)
        for _said, have, value, raw in sorted(answers, key=lambda one: one[0][1:]):
            if _is_newer(value, state.proof, center_key):
                state.have, state.proof = have.value(), raw
                state.quarantined = [one for one in value.get("quarantined", []) if isinstance(one, dict)]
        session.merge(state)
        known = have_of(state, log.identity.desk)
    taken = _take_pages(log, [one for one in given if one is not None])
    replied = Replied(len(answers), max(before - unsent(known, lengths), 0), known, taken)
    if store is None:
        return replied
    files = take_answers(log, store, _each(log, found, "filed"), center_key)
    return replied._replace(files=files, files_taken=take_pieces(log, store, _each(log, found, "piece"), center_key))


class _Given(NamedTuple):
    """A page, of which life of which center, and the place it goes on from."""

    center: str
    start: Wanted
    page: Page


def _given(raw: bytes, center_key: bytes) -> _Given | None:
    """Return the page in a message of the center, None where there is none or it is not the center's."""
    try:
        value = read_answer(raw, center_key)
        center = typed(value, "center", dict)
        life = f"{typed(center, 'id', str)} {typed(center, 'incarnation', str)}"
        return _Given(life, read_wanted(value["from"]), read_page(value["page"]))
    except (BadMessage, KeyError):
        return None


def _joins(given: _Given, here: Wanted) -> bool:
    """Return whether a page goes on from where this desk is, in each of the logs that it reads."""
    return (given.start.cursor, given.start.unit) == (here.cursor, here.unit) and not given.page.is_empty


def _take_pages(log: Log, given: list[_Given]) -> int:
    """Take each page that goes on from where this desk is, as long as there is one; returns how many events were new.

    So pages may be missing, come twice or in any order: what cannot be joined is asked for again.
    """
    taken = 0
    while True:
        with log.store.reading() as session:
            center = pages.center_of(session)
            here = pages.wanted(session, log, center, LARGEST_PAGE)
        known = [one for one in given if center in ("", one.center) and _joins(one, here)]
        if not known:
            return taken
        given.remove(known[0])
        try:
            taken += pages.take(log, known[0].page, known[0].center)
        except ValueError:  # it does not follow what is here of the own unit: the next exchange brings what does
            continue


def ask_to_join(log: Log, url: str, token: str, *, app: str) -> Exported:
    """Return the bundle with this desk's request to join, to be carried to the center at `url`.

    It is not locked, because the center's key comes only with the answer: until it is used, whoever finds the
    stick has found the token. Raises SyncTrouble, KeyMissing.
    """
    message = request_to_join(log, url, token, app=app)
    part = Part(log.chance.new_id(), log.identity.desk, "join", 1, 1, "", _NO_PLACE, message)
    return Exported([part], 0)


def join_from(log: Log, found: Found, url: str, token: str, *, app: str, actor: str | None) -> Enrolled:
    """Join by the center's answer in a bundle; raises SyncTrouble, KeyMissing."""
    answers = _opened(log, found, "joined")
    if not answers:
        raise NoReply()
    return join_by(log, answers[-1], url, token, app=app, actor=actor)


def _opened(log: Log, found: Found, kind: str) -> list[bytes]:
    """Return the messages of `kind` that are locked for this desk."""
    if log.key is None:
        raise KeyMissing()
    if not found.parts:
        raise BundleTorn()
    mine = key_id(log.key.public).hex()
    locked = [part for part in found.parts if part.kind == kind]
    if kind != "page" and locked and all(part.to != mine for part in locked):
        raise BundleForAnother()
    return list(_each(log, found, kind))


def _each(log: Log, found: Found, kind: str) -> Iterator[bytes]:
    """Yield the messages of `kind` that are locked for this desk, one at a time; nothing without its key."""
    mine = key_id(log.key.public).hex() if log.key is not None else None
    for part in found.parts:
        if log.key is not None and part.kind == kind and part.to == mine:
            try:
                yield log.key.unlocked(part.message)
            except ValueError:
                continue


def _place(value: dict[str, Any]) -> tuple[str, int, int]:
    """Return incarnation, position and time of a center's answer; raises BadMessage."""
    center = typed(value, "center", dict)
    return typed(center, "incarnation", str), typed(center, "time", int), typed(value, "position", int)


def _is_newer(value: dict[str, Any], proof: bytes | None, center_key: bytes) -> bool:
    """Return whether an answer was given after the last one known.

    Within one life of the center its position says so, whatever its clock did; after a restore, its time does.
    """
    if proof is None:
        return True
    try:
        life, time, position = _place(read_answer(proof, center_key))
    except BadMessage:
        return True
    new_life, new_time, new_position = _place(value)
    if new_life == life:
        return (new_position, new_time) > (position, time)
    return new_time > time
