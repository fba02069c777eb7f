"""Versions of an event's body: which one this program writes of each kind, and how it reads older ones.

A body may gain fields without a new version. Where the meaning of one changes, an upcaster is added here, and from
then on the kind is written in the version above. It is a pure function and kept for ever: whatever an old desk
sealed is read by every later program. An event of a newer version than this one knows is kept and not read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Part = dict[str, Any]
Upcaster = Callable[[Part, Part], tuple[Part, Part]]
"""Takes body and personal fields of one version and returns those of the next; never drops or refuses any.

Each of the two may be empty, because it was withheld or erased.
"""

UPCASTERS: Final[dict[tuple[str, int], Upcaster]] = {}
"""By kind and the version that is read."""


def newest(kind: str) -> int:
    """Return the version in which this program writes events of `kind`."""
    v = 1
    while (kind, v) in UPCASTERS:
        v += 1
    return v


def brought_up(kind: str, v: int, body: Part, private: Part) -> tuple[Part, Part]:
    """Return body and personal fields of an event of version `v` in the newest version of its kind."""
    while (upcaster := UPCASTERS.get((kind, v))) is not None:
        body, private = upcaster(body, private)
        v += 1
    return body, private
