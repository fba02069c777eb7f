"""A second server behind the first: what the center answered for is there too, when the first is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.storage.centers import join, lines, new_center, sync
from tests.storage.desks import Desk

_PATIENCE_S = 60


@contextmanager
def _standby(server: str, folder: Path) -> Iterator[str]:
    """Yield the address of a standby that streams from `server`, which waits for it at each commit."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        data = Path(str(connection.execute("SHOW data_directory").fetchone()[0]))  # type: ignore[index]
    owner = data.stat().st_uid if os.geteuid() == 0 else None
    if owner is not None:
        os.chown(folder, owner, -1)
    copy = folder / "data"
    base, control = postgres.program(data, "pg_basebackup"), postgres.program(data, "pg_ctl")
    _run(owner, base, "-h", str(data), "-U", "postgres", "-R", "-X", "stream", "-c", "fast", "-D", str(copy))
    settings = f"-k {folder} -c listen_addresses='' -c unix_socket_permissions=0777 -c synchronous_standby_names=''"
    _run(owner, control, "-D", str(copy), "-w", "-l", str(folder / "log"), "-o", settings, "start")
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("SELECT pg_reload_conf()")
        _wait(server, "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
        yield f"postgresql://postgres:@/postgres?host={folder}"
    finally:
        _run(owner, control, "-D", str(copy), "-m", "immediate", "stop")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
            connection.execute("SELECT pg_reload_conf()")


def _run(owner: int | None, program: Path, *words: str) -> None:
    none = subprocess.DEVNULL  # a server that is started keeps what it is given
    ran = subprocess.run([program, *words], user=owner, stdin=none, stdout=none, stderr=none, check=False, cwd="/")
    assert ran.returncode == 0, program


def _wait(address: str, question: str) -> None:
    until = time.monotonic() + _PATIENCE_S
    with psycopg.connect(address, autocommit=True) as connection:
        while True:
            row = connection.execute(question).fetchone()
            if row is not None and row[0]:
                return
            assert time.monotonic() < until, question
            connection.execute("SELECT pg_sleep(0.02)")


def test_what_was_answered_is_on_the_standby_when_it_takes_over(desk: Desk, tmp_path: Path, short: Path) -> None:
    with postgres.running() as server, _standby(server, short) as second:
        schema = postgres.fresh_database(server)
        center = new_center(tmp_path, schema)
        join(desk, center)
        desk.accept(3)
        sync(desk, center)
        center.close()
        with psycopg.connect(second, autocommit=True) as connection:
            connection.execute("SELECT pg_promote()")
        _wait(second, "SELECT NOT pg_is_in_recovery()")
        shutil.rmtree(tmp_path / "center")
        over = new_center(tmp_path, second + schema[len(server) :])
        assert lines(over) == [event.line() for event in desk.events()]
        desk.accept(1)
        sync(desk, over)
        assert lines(over) == [event.line() for event in desk.events()]
        over.close()


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a name short enough for a socket, outside of every private home."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
