"""Attached files by stick: parts of those that the center is not known to have, behind every act, as room allows.

The same parts as over a line and taken by the same rule, so a stick may come twice or torn. With them goes the question
which of the files the center has then. Its answer comes back in the reply bundle and names the pieces that are still
missing: the next stick brings only those. Without a reply the next one brings all of it again. What lacks here is asked
for in the same way, and comes back in pieces behind the answers.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from desk.keys import SigningKey, locked_for
from storage import blobs
from storage.blobs import Blobs
from storage.bundle import Kind
from storage.log import Log
from storage.messages import BadMessage, read_answer, signed, typed
from storage.projections.attachments import Attached
from storage.queries import kept
from storage.sync.files import LARGEST, read_told, run_of
from storage.sync.files_open import Unsettled
from storage.wire import compact

_ASKED: Final = 100
"""Files in one question."""
_QUESTION_BYTES: Final = 16 << 10
_AROUND_BYTES: Final = 1 << 10
"""Of the frame, the lock and the signature of one part."""
_SETTING: Final = "files_by_stick"


class Packed(NamedTuple):
    """What of the attached files goes onto a stick."""

    messages: Sequence[tuple[Kind, Callable[[], bytes]]] = ()
    """Kind, and what makes the locked message when it is written: no more than one is held at a time."""
    files: int = 0
    left: int = 0
    """Files that are here, that the center is not known to have, and for which there was no room."""


def pack(log: Log, center_key: bytes, store: Blobs, room: int) -> Packed:
    """Return the parts of files that go onto a stick with room for `room` bytes, whole files, the newest first."""
    assert log.key is not None
    with log.store.reading() as session:
        known: dict[str, list[int]] = kept.setting(session, _SETTING) or {}
    messages: list[tuple[Kind, Callable[[], bytes]]] = []
    events, contents, left, lacking = list[str](), set[str](), set[str](), dict[str, tuple[str, Attached]]()
    lock = partial(_locked, log.identity.desk, log.key, center_key)
    open_files = Unsettled(log, store, looks=False)
    for event, file in open_files.files():
        if file.sha256 in contents:
            events.append(event)  # the same content: it is asked for, and not brought twice
        elif not open_files.is_here(event, file):
            lacking.setdefault(file.sha256, (event, file))
        if file.sha256 in contents or file.sha256 in lacking:
            continue
        missing = known.get(event) or list(range(store.part(file.sha256, file.size).count))
        runs = list(_runs(missing))
        size = sum(count * blobs.PIECE * 21 // 20 + _AROUND_BYTES for _first, count in runs) + _QUESTION_BYTES
        if size > room:
            left.add(file.sha256)
            continue
        room -= size
        contents.add(file.sha256)
        events.append(event)
        messages += [("file", partial(lock, partial(_part, store, event, file, *run))) for run in runs]
    for start in range(0, len(events), _ASKED):
        some = events[start : start + _ASKED]
        messages.append(("files", partial(lock, partial(_question, some))))
    wanted = list(lacking.values())[: max(room // _QUESTION_BYTES, 0) * _ASKED]
    for start in range(0, len(wanted), _ASKED):
        messages.append(("lacking", partial(lock, partial(_lacks, store, wanted[start : start + _ASKED]))))
    return Packed(messages, len(contents), len(left - contents))


def take_answers(log: Log, store: Blobs, answers: Iterable[bytes], center_key: bytes) -> int:
    """Keep what the center said of files on a stick; returns how many are now known to have arrived whole.

    An answer of an earlier life of the center, which may have lost them since, says nothing.
    """
    open_files = Unsettled(log, store, looks=False)
    here = {event for event, file in open_files.files() if open_files.is_here(event, file)}
    partly: dict[str, list[int]] = {}
    arrived: set[str] = set()
    for raw in answers:
        for event, missing in _told(raw, center_key, open_files.center):
            if event in here and missing is not None and not missing:
                arrived.add(event)
                open_files.settle(event)
            elif event in here and missing:
                partly[event] = missing
    open_files.keep()
    with log.store.writing() as session:
        before = kept.setting(session, _SETTING) or {}
        now = {event: missing for event, missing in {**before, **partly}.items() if event in here - arrived}
        if now != before:
            kept.keep_setting(session, _SETTING, now)
    return len(arrived)


def take_pieces(log: Log, store: Blobs, pieces: Iterable[bytes], center_key: bytes) -> int:
    """Keep pieces of files that this desk lacks; returns how many files are whole by them. Raises OSError.

    They may be missing, come twice or in any order: what is not whole goes on with the next stick, or over a line.
    """
    open_files = Unsettled(log, store, looks=False)
    lacking = {event: file for event, file in open_files.files() if not open_files.is_here(event, file)}
    room, whole = blobs.QUOTA - store.used(), set[str]()
    for raw in pieces:
        event, first, data = _read_piece(raw, center_key)
        file = lacking.get(event)
        if file is None or file.sha256 in whole or file.size > room:
            continue
        part = store.part(file.sha256, file.size)
        try:
            part.put(first, data)
        except ValueError:
            continue
        if not part.missing() and store.settle(part):
            room -= file.size
            whole.add(file.sha256)
    for event, file in lacking.items():
        if file.sha256 in whole:
            open_files.settle(event)
    open_files.keep()
    return len(whole)


def _read_piece(raw: bytes, center_key: bytes) -> tuple[str, int, bytes]:
    """Return event, first piece and content of a message of the center; no event where it is none."""
    try:
        piece = typed(read_answer(raw, center_key), "piece", dict)
        data = base64.b64decode(typed(piece, "data", str), validate=True)
        return typed(piece, "event", str), typed(piece, "first", int), data
    except ValueError:
        return "", 0, b""


def _told(raw: bytes, center_key: bytes, center: str) -> Iterator[tuple[str, list[int] | None]]:
    """Yield event and missing pieces, none for a file that is whole there; nothing of an answer not readable."""
    try:
        value = read_answer(raw, center_key)
        itself = typed(value, "center", dict)
        if typed(value, "status", str) != "ok":
            return
        if center not in ("", f"{typed(itself, 'id', str)} {typed(itself, 'incarnation', str)}"):
            return
        found = [(typed(one, "event", str), read_told(one, None)) for one in typed(value, "files", list)]
    except BadMessage:
        return
    for event, told in found:
        yield event, told.missing if told.state == "wanted" else [] if told.state == "present" else None


def _runs(missing: list[int]) -> Iterator[tuple[int, int]]:
    """Yield `missing` as runs without a gap: the first piece and how many, as many as one part takes."""
    while missing:
        first, count = run_of(missing, LARGEST)
        yield first, count
        missing = missing[count:]


def _part(store: Blobs, event: str, file: Attached, first: int, count: int) -> dict[str, Any]:
    data = blobs.pieces(store.path(file.sha256), first, count)
    return {"ask": [event], "put": {"first": first, "data": base64.b64encode(data).decode()}}


def _lacks(store: Blobs, files: list[tuple[str, Attached]]) -> dict[str, Any]:
    lacks = []
    for _event, file in files:
        part = store.part(file.sha256, file.size)
        missing = part.missing()
        lacks.append(missing if len(missing) < part.count else None)
    return {"ask": [event for event, _file in files], "lacks": lacks}


def _question(events: list[str]) -> dict[str, Any]:
    return {"ask": events}


def _locked(desk: str, key: SigningKey, center_key: bytes, said: Callable[[], dict[str, Any]]) -> bytes:
    """Return a locked message; an empty one where a file went meanwhile, so that the stick is written all the same."""
    try:
        return locked_for(center_key, signed({"desk": desk}, compact(said()), key))
    except OSError:
        return b""
