"""Judges an exchange without the project's code: what lies in the databases of desks and center, byte by byte."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from tests import oracle

_ROWS = "SELECT position, desk, epoch, seq, id, head, body, private FROM event ORDER BY desk, epoch, seq"
_PLACE = "SELECT count(*), max(seq) FROM event WHERE desk = '{desk}' AND epoch = {epoch}"
_HEAD = "SELECT head FROM event WHERE desk = '{desk}' AND epoch = {epoch} AND seq = {seq}"


class Told(NamedTuple):
    """What a desk was told by the center: everything to this place is on its disk."""

    desk: str
    epoch: int
    seq: int
    head: str


def lost(database: str, told: list[Told]) -> list[str]:
    """Return what a center that is dead lacks of what it had answered for, and where its chains have holes.

    database: an SQLite file, or the address of a PostgreSQL database.
    """
    faults = []
    for one in told:
        ((count, last),) = _rows(database, _PLACE.format(**one._asdict()))
        found = _rows(database, _HEAD.format(**one._asdict()))
        if count != last:
            faults.append(f"{one.desk}: {count} events up to number {last}")
        if not found or hashlib.sha256(found[0][0]).hexdigest() != one.head:
            faults.append(f"{one.desk}: {one.epoch}/{one.seq} was answered for and is not there")
    return faults


def compare(database: str, homes: list[Path], codes: list[str]) -> tuple[int, list[str]]:
    """Return how many events the center has, and every way in which it is not exactly what its desks have.

    codes: the dossiers told as saved.
    """
    rows = _rows(database, _ROWS)
    faults = _doubles(rows)
    seen = {home.parent.name: oracle.look(home) for home in homes}
    for name, one in seen.items():
        faults += [f"{name}: {fault}" for fault in one.faults]
        desk = one.heads[0]["desk"]
        here = [b"\t".join((head, body, private or b"")) + b"\n" for *_, head, body, private in _of(rows, desk)]
        if here != one.lines:
            faults.append(f"{name}: the desk has {len(one.lines)} events, the center {len(here)}, not the same")
        if {head["epoch"] for head in one.heads} != {1}:
            faults.append(f"{name}: a kill was taken for an old copy")
    faults += _of_codes([code for one in seen.values() for code in one.codes], codes)
    if len(rows) != sum(len(one.lines) for one in seen.values()):
        faults.append("the center has events of nobody")
    return len(rows), faults


def _of(rows: list[Any], desk: str) -> list[Any]:
    return [row for row in rows if row[1] == desk]


def _doubles(rows: list[Any]) -> list[str]:
    faults = []
    if sorted(row[0] for row in rows) != list(range(1, len(rows) + 1)):
        faults.append("the positions are not 1, 2, 3 ... without a hole")
    if len({row[4] for row in rows}) != len(rows):
        faults.append("an event is there twice")
    for _position, desk, epoch, seq, own_id, head, body, _private in rows:
        read = json.loads(head)
        if (read["desk"], read["epoch"], read["seq"], read["id"]) != (desk, epoch, seq, own_id):
            faults.append(f"{desk} {epoch}/{seq}: its row is not what it says")
        if hashlib.sha256(body).hexdigest() != read["body_hash"]:
            faults.append(f"{desk} {epoch}/{seq}: its body is another")
    return faults


def _of_codes(given: list[str], told: list[str]) -> list[str]:
    faults = [f"{code} was told as saved and is not there" for code in set(told) - set(given)]
    if len(set(given)) != len(given) or len(set(told)) != len(told):
        faults.append("a code was given twice")
    return faults


def _rows(database: str, question: str) -> list[Any]:
    if database.startswith("postgresql://"):
        with psycopg.connect(database) as connection:
            return connection.execute(question.encode()).fetchall()
    # Read from a copy: closing the last connection would tidy up what the killed center left behind.
    with tempfile.TemporaryDirectory() as folder:
        for file in (Path(database), Path(f"{database}-wal")):
            if file.exists():
                shutil.copy(file, Path(folder) / file.name)
        with closing(sqlite3.connect(Path(folder) / Path(database).name)) as connection:
            return connection.execute(question).fetchall()
