"""The scanner's folder: only whole files of the right kinds can be taken, and none is ever lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage import blobs, scan_folder

PDF = b"%PDF-1.7\n1 trang\n"


def no_pause(seconds: float) -> None:
    """Let nothing happen between the two looks."""


def test_the_newest_file_comes_first_and_what_cannot_be_taken_says_why(tmp_path: Path) -> None:
    contents = {"cũ.pdf": PDF, "mới.png": b"\x89PNG\r\n\x1a\n", "chương trình.pdf": b"MZ", "rỗng.pdf": b""}
    for age, (name, content) in enumerate(reversed(contents.items())):
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (1_000 - age, 1_000 - age))
    (tmp_path / "lớn.pdf").write_bytes(PDF)
    os.truncate(tmp_path / "lớn.pdf", blobs.LARGEST + 1)
    os.utime(tmp_path / "lớn.pdf", (2_000, 2_000))
    found = [(scan.path.name, scan.why) for scan in scan_folder.waiting(tmp_path, no_pause)]
    assert found == [
        ("lớn.pdf", "large"),
        ("rỗng.pdf", "growing"),
        ("chương trình.pdf", "unfit"),
        ("mới.png", ""),
        ("cũ.pdf", ""),
    ]


def test_a_file_that_grows_or_comes_between_the_looks_is_still_being_written(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)

    def next_page(seconds: float) -> None:
        (tmp_path / "a.pdf").write_bytes(PDF + PDF)
        (tmp_path / "b.pdf").write_bytes(PDF)

    assert {scan.why for scan in scan_folder.waiting(tmp_path, next_page)} == {"growing"}
    assert {scan.why for scan in scan_folder.waiting(tmp_path, no_pause)} == {""}


@pytest.mark.parametrize("name", ["a.pdf.part", "a.TMP", ".a.pdf", "~a.pdf", "Thumbs.db"])
def test_what_other_programs_keep_for_themselves_is_not_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PDF)
    (tmp_path / "folder.pdf").mkdir()
    assert scan_folder.waiting(tmp_path, no_pause) == ()


def test_an_attached_file_is_moved_under_a_free_name_and_never_over_another(tmp_path: Path) -> None:
    for content in (PDF, PDF + b"2", PDF + b"3"):
        (tmp_path / "scan.pdf").write_bytes(content)
        assert scan_folder.put_away(scan_folder.waiting(tmp_path, no_pause)[0])
    away = {path.name: path.read_bytes() for path in (tmp_path / scan_folder.AWAY).iterdir()}
    assert away == {"scan.pdf": PDF, "scan (2).pdf": PDF + b"2", "scan (3).pdf": PDF + b"3"}


def test_a_file_that_was_written_anew_stays(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(PDF)
    scan = scan_folder.waiting(tmp_path, no_pause)[0]
    (tmp_path / "scan.pdf").write_bytes(PDF + b"another citizen")
    assert not scan_folder.put_away(scan)
    assert (tmp_path / "scan.pdf").read_bytes() == PDF + b"another citizen"
