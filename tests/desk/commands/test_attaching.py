"""`desk attach`: what is kept, what is refused, and what is said of a file that is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from storage import blobs
from tests.desk.commands.conftest import Desk

PDF = b"%PDF-1.7\n% giay khai sinh\n"
PNG = b"\x89PNG\r\n\x1a\n0000"
Written = Callable[[str, Any], str]


def file_of(desk: Desk, content: bytes) -> Any:
    """Return where the home keeps `content`."""
    return blobs.Blobs(desk.home / "attachments").path(hashlib.sha256(content).hexdigest())


def test_files_are_kept_by_their_content_and_named_by_the_dossier(desk: Desk, written: Written) -> None:
    code = desk.intake()["code"]
    first, second = written("giấy khai sinh.pdf", PDF), written("ảnh.txt", PNG)
    attached = desk.did("attach", code, first, second)
    assert attached == [
        {"sha256": hashlib.sha256(PDF).hexdigest(), "name": "giấy khai sinh.pdf", "size": len(PDF)},
        {"sha256": hashlib.sha256(PNG).hexdigest(), "name": "ảnh.txt", "size": len(PNG)},
    ]
    assert file_of(desk, PDF).read_bytes() == PDF
    shown = desk.did("show", code)["attachments"]
    assert [(one["name"], one["mime"], one["here"]) for one in shown] == [
        ("giấy khai sinh.pdf", "application/pdf", True),
        ("ảnh.txt", "image/png", True),
    ]
    assert desk.did("rebuild")["same"]


def test_the_name_of_a_file_stands_in_the_private_part_alone(desk: Desk, written: Written) -> None:
    code = desk.intake()["code"]
    desk.did("attach", code, written("Nguyễn Thị Lan.pdf", PDF))
    mirror = next((desk.home / "mirror").iterdir()).read_bytes()
    line = next(line for line in mirror.splitlines() if b'"document.attached"' in line)
    _head, body, private = line.split(b"\t")
    assert "Lan" not in body.decode() and "Lan" in private.decode()


def test_the_same_file_again_adds_nothing_and_another_dossier_shares_it(desk: Desk, written: Written) -> None:
    code, other, file = desk.intake()["code"], desk.intake()["code"], written("a.pdf", PDF)
    assert desk.did("attach", code, file) == desk.did("attach", code, file, file)[:1]
    assert len(desk.did("show", code)["attachments"]) == 1
    desk.did("attach", other, file, "--document", "1")
    assert desk.did("show", other)["attachments"][0]["document"] == 1
    assert [path.name for path in (desk.home / "attachments").glob("??/*")] == [hashlib.sha256(PDF).hexdigest()]


@pytest.mark.parametrize(
    ("content", "more", "error"),
    [
        (b"", (), "RULE-170"),
        (b"MZ\x90\x00 a program", (), "RULE-170"),
        (PDF, ("--document", "77"), "RULE-172"),
        (PDF, ("--result",), "RULE-210"),
        (PDF, ("--result", "--document", "1"), "RULE-140"),
        (b"%PDF-" + bytes(blobs.LARGEST), (), "RULE-171"),
    ],
    ids=["empty", "by its content", "no such document", "no result", "two documents", "too large"],
)
def test_what_is_unfit_is_refused_with_all_that_came_with_it(
    desk: Desk, written: Written, content: bytes, more: tuple[str, ...], error: str
) -> None:
    code = desk.intake()["code"]
    assert desk.run("attach", code, written("good.png", PNG), written("b.pdf", content), *more).error == error
    assert desk.did("show", code)["attachments"] == []
    assert list((desk.home / "attachments").glob("**/*")) == []


def test_the_result_of_a_resolved_dossier_is_attached_as_such(desk: Desk, written: Written) -> None:
    code = desk.intake()["code"]
    desk.did("move", code, "resolved")
    desk.did("attach", code, written("trích lục.pdf", PDF), "--result")
    (one,) = desk.did("show", code)["attachments"]
    assert (one["result"], one["document"]) == (True, None)


def test_a_file_or_dossier_that_is_not_there_is_refused(desk: Desk, written: Written) -> None:
    code = desk.intake()["code"]
    assert desk.run("attach", code, str(desk.folder / "none.pdf")).error == "STORE-15"
    assert desk.run("attach", code, str(desk.folder)).error == "RULE-170"
    assert desk.run("attach", "H49.22.11-261125-0777", written("a.pdf", PDF)).error == "RULE-101"
    assert desk.run("attach", code).status == 2


def test_a_full_store_takes_nothing_more(desk: Desk, written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    code = desk.intake()["code"]
    monkeypatch.setattr(blobs, "QUOTA", len(PDF) - 1)
    assert desk.run("attach", code, written("a.pdf", PDF)).error == "STORE-38"
    assert desk.did("show", code)["attachments"] == []


def test_a_missing_or_altered_file_is_said_and_put_back_by_attaching_it_again(desk: Desk, written: Written) -> None:
    code, file = desk.intake()["code"], written("a.pdf", PDF)
    desk.did("attach", code, file)

    def finding() -> Any:
        return next(one for one in desk.run("check").json if one["id"] == "attachments")

    assert finding()["ok"]
    file_of(desk, PDF).write_bytes(PDF.swapcase())
    assert "0 are missing and 1 altered" in finding()["said"]
    file_of(desk, PDF).unlink()
    assert "1 are missing and 0 altered" in finding()["said"]
    assert not desk.did("show", code)["attachments"][0]["here"]
    desk.did("attach", code, file)
    assert finding()["ok"]


def test_an_attachment_is_undone_as_any_other_act(desk: Desk, written: Written) -> None:
    code = desk.intake()["code"]
    desk.did("attach", code, written("a.pdf", PDF), written("b.png", PNG))
    desk.did("undo")
    shown = desk.did("show", code)
    assert (shown["attachments"], shown["status"]) == ([], "accepted")
