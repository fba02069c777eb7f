"""A full disk without a disk and without rights: the kernel lets no file of a process grow."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the files of another process")


def fill(pid: int) -> None:
    """Let no file of the process `pid` grow."""
    _limit(pid, 0)


def make_room(pid: int) -> None:
    """Let the files of the process `pid` grow again."""
    import resource

    _limit(pid, resource.RLIM_INFINITY)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow within the block."""
    fill(os.getpid())
    try:
        yield
    finally:
        make_room(os.getpid())


def _limit(pid: int, most: int) -> None:
    import resource  # does not exist on Windows, where this module is imported too

    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
