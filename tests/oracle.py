"""Reads a home's log without the project's code: the database's bytes, the mirror's lines, their chain.

Nothing of desk, storage or screens is imported here, so that a fault of theirs cannot hide itself.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Seen:
    """What lies in a home."""

    lines: list[bytes]
    """The events as lines, in the order of the chain."""
    heads: list[dict[str, Any]]
    bodies: list[dict[str, Any]]
    faults: list[str] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return (head, body) of the events of `kind`."""
        return [(h, b) for h, b in zip(self.heads, self.bodies, strict=True) if h["kind"] == kind]

    @property
    def codes(self) -> list[str]:
        """The codes of accepted dossiers, in order, undone ones too."""
        return [body["code"] for _head, body in self.of_kind("dossier.accepted")]


def look(home: Path) -> Seen:
    """Return the log of `home`'s own desk, what came from others apart, with every fault of its chain and mirror."""
    desk = tomllib.loads((home / "desk.toml").read_text(encoding="utf-8"))["home"]["desk"]
    database = sqlite3.connect(f"file:{home / 'desk.db'}?mode=ro", uri=True)
    rows = database.execute(
        "SELECT head, body, private FROM event WHERE desk = ? ORDER BY epoch, seq", (desk,)
    ).fetchall()
    database.close()
    seen = Seen([], [], [])
    for head, body, private in rows:
        seen.lines.append(head + b"\t" + body + b"\t" + (private or b"") + b"\n")
        seen.heads.append(json.loads(head))
        seen.bodies.append(json.loads(body))
        if hashlib.sha256(body).hexdigest() != seen.heads[-1]["body_hash"]:
            seen.faults.append(f"body of {seen.heads[-1]['seq']}")
    _check_chain(seen, home)
    return seen


def _check_chain(seen: Seen, home: Path) -> None:
    files = sorted((home / "mirror").glob("*.log"))
    mirrored = [line for path in files for line in path.read_bytes().splitlines(keepends=True)[1:]]
    if mirrored != seen.lines:
        seen.faults.append(f"the mirror has {len(mirrored)} events, the log {len(seen.lines)}")
    before = hashlib.sha256(files[0].read_bytes().splitlines()[0]).hexdigest() if files else ""
    epoch, seq = 1, 0
    for line, head in zip(seen.lines, seen.heads, strict=True):
        if head["epoch"] != epoch:
            epoch, seq = head["epoch"], 0
        seq += 1
        if head["seq"] != seq or head["prev"] != before:
            seen.faults.append(f"the chain breaks at {epoch}/{head['seq']}")
        before = hashlib.sha256(line.split(b"\t", 1)[0]).hexdigest()
