"""Two columns of plain text: names on the left, what they mean on the right."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

_WIDTH = 100
_NAMES_MOST = 30


def section(title: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return a titled list of two columns."""
    rows = list(rows)
    width = min(max((len(name) for name, _said in rows), default=0), _NAMES_MOST)
    lines = [title]
    for name, said in rows:
        first, *more = wrapped(said, _WIDTH - width - 4) or [""]
        if len(name) > width:
            lines.append(f"  {name}")
            name = ""
        lines.append(f"  {name:{width}}  {first}".rstrip())
        lines += [f"  {'':{width}}  {line}" for line in more]
    return lines


def wrapped(said: str, width: int = _WIDTH, indent: str = "") -> list[str]:
    """Return `said` in lines of at most `width` signs, each after `indent`."""
    return textwrap.wrap(said, width, initial_indent=indent, subsequent_indent=indent)
