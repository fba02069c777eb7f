"""What failed stands in the home's diagnostic file, by type and place, and never by what the error says."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import diagnostics
from desk.errors.store import DiskFull
from screens import failures
from tests.full_disk import full_disk, needs_limits


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Path]:
    """The diagnostic file of a home."""
    yield diagnostics.begin(tmp_path)
    for handler in list(logging.getLogger("motcua").handlers):
        handler.close()
        logging.getLogger("motcua").removeHandler(handler)


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_what_nobody_foresaw_is_noted_by_type_and_place(notes: Path) -> None:
    failures.write_down(_raised(ValueError("Nguyễn Thị Bí Mật")))
    written = notes.read_text(encoding="utf-8")
    assert "STORE-00 screens ValueError at test_failures.py:" in written and "_raised" in written
    assert "Bí Mật" not in written


def test_what_was_foreseen_is_noted_by_its_code(notes: Path) -> None:
    failures.write_down(_raised(DiskFull()))
    assert "told code='STORE-04'" in notes.read_text(encoding="utf-8")


@needs_limits
def test_a_note_that_cannot_be_written_writes_nothing_on_the_terminal(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with full_disk():
        failures.write_down(DiskFull())
    assert capsys.readouterr() == ("", "")
    assert notes.read_bytes() == b""
