"""Papers on disk are whole, synced and never written over."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from desk.errors.printing import PaperNotKept
from receipts.keeping import keep_file


def test_a_paper_lies_in_its_folder_whole_and_alone(tmp_path: Path) -> None:
    folder = tmp_path / "papers" / "2026"
    kept = keep_file(folder, "a.pdf", b"paper")
    assert kept == folder / "a.pdf"
    assert kept.read_bytes() == b"paper"
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]


def test_drawing_the_same_paper_again_changes_nothing(tmp_path: Path) -> None:
    first = keep_file(tmp_path, "a.pdf", b"paper").stat()
    second = keep_file(tmp_path, "a.pdf", b"paper").stat()
    assert (first.st_ino, first.st_mtime_ns) == (second.st_ino, second.st_mtime_ns)


@pytest.mark.parametrize("other", [b"other", b"longer than before", b""])
def test_another_paper_under_the_name_is_never_written_over(tmp_path: Path, other: bytes) -> None:
    keep_file(tmp_path, "a.pdf", b"paper")
    with pytest.raises(PaperNotKept):
        keep_file(tmp_path, "a.pdf", other)
    assert (tmp_path / "a.pdf").read_bytes() == b"paper"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_the_bytes_are_on_disk_before_the_name_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.append((tmp_path / "a.pdf").exists()))
    keep_file(tmp_path, "a.pdf", b"paper")
    assert seen == [False]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PaperNotKept) as raised:
        keep_file(tmp_path, "a.pdf", b"paper")
    assert raised.value.facts["reason"] == "the disk is full"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(b"a file stands here")
    with pytest.raises(PaperNotKept):
        keep_file(tmp_path / "papers", "a.pdf", b"paper")


def test_a_stick_without_links_keeps_papers_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*paths: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert keep_file(tmp_path, "a.pdf", b"paper").read_bytes() == b"paper"
    with pytest.raises(PaperNotKept):
        keep_file(tmp_path, "a.pdf", b"other")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_two_that_draw_the_same_paper_at_once_both_have_it(tmp_path: Path) -> None:
    content = os.urandom(100_000)
    kept: list[Path] = []
    threads = [threading.Thread(target=lambda: kept.append(keep_file(tmp_path, "a.pdf", content))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [tmp_path / "a.pdf"] * 8
    assert (tmp_path / "a.pdf").read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 1
