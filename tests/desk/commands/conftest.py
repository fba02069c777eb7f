"""A desk whose commands are run in this process, or in one of their own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desk import words
from desk.commands.run import run
from desk.commands.voice import Voice
from tests import homes

ROOT = Path(__file__).parents[3]


@dataclass
class Ran:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of the error that was told, in JSON and on standard error."""
        code = str(self.json["error"]["code"])
        assert f"({code})" in self.err
        assert "Traceback" not in self.err
        return code


@dataclass
class Desk:
    """The command `desk` on one home."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = {
            "DESK_HOME": str(self.home),
            "DESK_KEYS": str(self.folder / "keys"),
            "DESK_CENTER_HOME": str(self.folder / "center"),
            "DESK_PIN": homes.PIN,
            "DESK_CLOCK": homes.CLOCK,
            "DESK_LANG": "en",
            **self.environment,
        }

    @property
    def home(self) -> Path:
        """Its data folder."""
        return self.folder / "home"

    def run(self, *words: object, stdin: str | bytes = "", json: bool = True, **changes: str) -> Ran:
        """Run a command in this process, with `--json` unless told otherwise."""
        out: list[str] = []
        err: list[str] = []
        content = stdin if isinstance(stdin, bytes) else stdin.encode()
        before = sys.stdin
        sys.stdin = io.TextIOWrapper(io.BytesIO(content))
        try:
            arguments = [*(["--json"] if json else []), *map(str, words)]
            status = run(arguments, Voice(out.append, err.append), {**self.environment, **changes})
        finally:
            sys.stdin = before
        return Ran(status, "\n".join(out), "\n".join(err))

    def did(self, *words: object, **options: Any) -> Any:
        """Return the JSON of a command that must succeed."""
        ran = self.run(*words, **options)
        assert ran.status == 0, ran.err
        return ran.json

    def intake(self, value: Any = None, **changes: Any) -> Any:
        """Accept a dossier and return its JSON."""
        return self.did("intake", "-", stdin=json.dumps({**(value or homes.birth()), **changes}, ensure_ascii=False))

    def process(self, *words: str, stdin: bytes = b"", **changes: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "desk", *words],
            input=stdin,
            capture_output=True,
            env={**os.environ, **self.environment, **changes},
            cwd=ROOT,
            timeout=120,
            check=False,
        )


@pytest.fixture(autouse=True)
def _spoken() -> Iterator[None]:
    """Leave the language of the process as it was."""
    before = words.language()
    yield
    words.speak(before)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk that is set up and has no dossiers."""
    homes.copied_home(tmp_path)
    return Desk(tmp_path)


@pytest.fixture
def bare(tmp_path: Path) -> Desk:
    """A desk whose home is not there yet."""
    return Desk(tmp_path)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, Any], str]:
    """Write a file, text as it is and values as JSON, and return its name."""

    def write(name: str, value: Any) -> str:
        path = tmp_path / name
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return str(path)

    return write
