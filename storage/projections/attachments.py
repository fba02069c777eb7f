"""The attachments of a dossier, from its events alone: the same at every node that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from storage.projections.order import in_order, undoes
from storage.wire import Event

ATTACHED = "document.attached"


class Attached(NamedTuple):
    """One file of a dossier: what it is by its content, and what was said of it."""

    event: str
    at: int
    """ms UTC"""
    sha256: str
    size: int
    """bytes"""
    mime: str
    line: int
    """Number of the document in the procedure's list, 0 for none, RESULT for the result."""
    name: str
    """The file's name as it was given, "" where it was erased."""
    source: str = ""
    """The event of an earlier dossier that it was taken over from, "" where it was handed in."""


def attachments(events: Iterable[Event]) -> tuple[Attached, ...]:
    """Return what is attached after `events` of one dossier, in their one order, one content once a line.

    What was undone, or cannot be read, is left out.
    """
    ordered = in_order(events)
    undone = {gone for event in ordered for gone in undoes(event)}
    found: dict[tuple[str, int], Attached] = {}
    for event in ordered:
        if event.head.kind != ATTACHED or event.head.id in undone or event.is_newer:
            continue
        one = attached(event)
        if one is not None:
            found.setdefault((one.sha256, one.line), one)
    return tuple(found.values())


def attached(event: Event) -> Attached | None:
    """Return what a `document.attached` names, None where it cannot be read."""
    try:
        body, private = event.body, event.private
        sha256, size, mime, line = body["sha256"], body["size"], body["mime"], body.get("line", 0)
        name, source = private.get("name", ""), body.get("from", "")
    except (KeyError, ValueError):
        return None
    texts = all(isinstance(text, str) for text in (sha256, mime, name, source))
    if not texts or type(size) is not int or type(line) is not int:
        return None
    return Attached(event.head.id, event.head.at, sha256, size, mime, line, name, source)
