"""What is known of a log beyond a backup of it: the mirror's lines and the rows of a damaged database, put in order.

Each is taken only if it joins the chain, so that neither a torn line nor a flipped bit gets in. What is known and does
not join is told, event by event: a loss is never silent.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from storage.chain import Identity
from storage.mirror import Mirror, Tail
from storage.settle import follows
from storage.wire import Event, proved, read_line

_ROWS: Final = "SELECT head, body, private FROM event NOT INDEXED ORDER BY position"

Known = Mapping[tuple[int, int], list[Event]]
"""Events by epoch and number; more than one where the sources differ."""


class Joined(NamedTuple):
    """Known events, sorted out."""

    taken: list[Event]
    """Those that join the chain, in its order."""
    left: list[Event]
    """Those that do not."""
    tail: Tail
    """The last of the chain with those taken."""


def gathered(sources: Iterable[Iterable[Event]], identity: Identity, after: Tail) -> Known:
    """Return the desk's own events of `sources` beyond `after`, each once."""
    found: dict[tuple[int, int], list[Event]] = {}
    for source in sources:
        for event in source:
            place = event.head.epoch, event.head.seq
            if event.head.desk == identity.desk and place > (after.epoch, after.seq):
                known = found.setdefault(place, [])
                if all(event.head_hash != one.head_hash for one in known):
                    known.append(event)
    return found


def joined(known: Known, identity: Identity, after: Tail) -> Joined:
    """Return which of the known events go on from `after`, one from the other."""
    tail, taken = after, list[Event]()
    begun = sorted(epoch for epoch, seq in known if seq == 1)
    while (event := _next(known, begun, identity, tail)) is not None:
        taken.append(event)
        tail = Tail(event.head.epoch, event.head.seq, event.head_hash)
    hashes = {event.head_hash for event in taken}
    places = {(event.head.epoch, event.head.seq) for event in taken}
    left = [
        event
        for place, events in sorted(known.items())
        for event in events
        if event.head_hash not in hashes and place not in places
    ]
    return Joined(taken, left, tail)


def _next(known: Known, begun: Sequence[int], identity: Identity, tail: Tail) -> Event | None:
    """Return the event that goes on from `tail`; one that its own successor does not name was altered.

    begun: the epochs of which the first event is known.
    """
    later = next((epoch for epoch in begun if epoch > tail.epoch), 0)
    for place in ((tail.epoch, tail.seq + 1), (later, 1)):
        fit = [event for event in known.get(place, ()) if follows(event, tail, identity)]
        named = {event.head.prev for event in known.get((place[0], place[1] + 1), ())}
        fit = [event for event in fit if event.head_hash in named] if named else fit
        if fit:
            return fit[0]
    return None


def of_mirror(mirror: Mirror) -> Iterator[Event]:
    """Yield every event that can be read in any file of the mirror, whatever is torn or broken between them."""
    for epoch in mirror.epochs():
        with suppress(OSError), mirror.path(epoch).open("rb") as file:
            file.readline()
            for line in file:
                with suppress(ValueError):
                    yield read_line(line)


def of_database(database: Path) -> Iterator[Event]:
    """Yield every event that can be read in a database that may be damaged: from its first row on, then from its last.

    `database` is a copy that may be written: SQLite takes the log beside it in.
    """
    for asked in (_ROWS, f"{_ROWS} DESC"):
        try:
            with closing(sqlite3.connect(database)) as opened:
                for head, body, private in opened.execute(asked):
                    with suppress(ValueError, TypeError):
                        parts = bytes(head), bytes(body), None if private is None else bytes(private)
                        yield proved(Event.of_head(*parts))
            return  # it was read to its end
        except sqlite3.Error:
            continue
