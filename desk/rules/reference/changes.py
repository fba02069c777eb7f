"""What an imported file adds and changes, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Changes(NamedTuple, Generic[T]):
    """The imported rows, sorted into three; what the file does not name stays as it is."""

    added: tuple[T, ...]
    changed: tuple[T, ...]
    unchanged: tuple[T, ...]


def compared(known: Mapping[str, T], imported: Mapping[str, T]) -> Changes[T]:
    """Return which of `imported` are new, which differ from `known` under the same key, which do not."""
    added = tuple(row for key, row in imported.items() if key not in known)
    changed = tuple(row for key, row in imported.items() if key in known and known[key] != row)
    unchanged = tuple(row for key, row in imported.items() if key in known and known[key] == row)
    return Changes(added, changed, unchanged)
