"""`desk enrol`, `desk sync`, `desk center`: a real center in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import oracle
from tests.authorities import YEARS_AGO, Authority
from tests.desk.commands.conftest import ROOT, Desk

PATIENCE_S = 60.0


@pytest.fixture
def center(tmp_path: Path) -> Iterator[str]:
    """A center that answers; its address."""
    with serving(tmp_path) as address:
        yield address


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[str]:
    """Yield the address of a center that runs with `words` until the end."""
    environment = {**os.environ, **Desk(folder).environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "desk", "center", "serve", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    watch = threading.Timer(PATIENCE_S, process.kill)
    watch.start()
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith(("ready http://127.0.0.1:", "ready https://127.0.0.1:")), line
    yield line.split()[1]
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == 0
    watch.cancel()
    process.stdout.close()


def test_a_desk_joins_a_center_and_sends_what_it_holds(desk: Desk, center: str) -> None:
    assert desk.run("sync").error == "SYNC-06"
    before = desk.did("sync", "status")
    promised = {"link", "unsent", "oldest_unsent_at", "last_exchange_at", "have", "quarantined"}
    assert promised <= set(before)
    assert (before["link"], before["have"]) == ("none", None)
    token = desk.did("center", "token", "--unit", "06709", "--slot", 2)
    assert set(token) == {"token", "expires_at"}
    joined = desk.did("enrol", center, token["token"])
    assert {"desk", "center"} <= set(joined)
    code = desk.intake()["code"]
    assert code.endswith("-1001")  # the token's slot wins
    assert desk.did("show", code)["sent"] is False
    after = desk.did("sync", "--once")
    assert (after["link"], after["unsent"], after["quarantined"]) == ("up", 0, [])
    assert after["have"]["seq"] == len(oracle.look(desk.home).heads)
    assert desk.did("show", code)["sent"] is True
    assert desk.did("center", "rebuild") == {"same": True, "differences": []}
    assert set(desk.did("center", "lead", "--unit", "06709", "--days", 2, "--end-earlier")) == {"token", "expires_at"}
    assert desk.run("center", "lead", "--unit", "1").error.startswith("RULE-")
    assert desk.did("center", "national", "--code", code)["MaTTHC"] == "1.001193"
    delivered = desk.did("center", "national", str(desk.home.parent / "national"))
    assert (delivered["messages"], delivered["unreadable"], len(delivered["files"])) == (1, [], 1)
    assert desk.did("center", "national", str(desk.home.parent / "national"))["files"] == []
    assert desk.run("center", "national").status == 2
    assert desk.run("center", "national", "--code", "H49-1").error == "RULE-101"
    copy, elsewhere = desk.home.parent / "copy.db", str(desk.home.parent / "elsewhere")
    assert desk.did("center", "backup", copy)["events"] == after["have"]["seq"]
    assert desk.run("center", "restore", copy).error == "STORE-33"
    assert desk.run("--home", str(desk.home), "center", "restore", copy).error == "STORE-02"
    assert desk.did("--home", elsewhere, "center", "restore", copy)["events"] == after["have"]["seq"]
    assert desk.did("--home", elsewhere, "center", "rebuild") == {"same": True, "differences": []}
    assert {one["id"]: one["ok"] for one in desk.did("check")}["center"] is True
    assert desk.run("center", "token", "--unit", "06709", "--slot", 2).error.startswith("SYNC-")
    assert desk.run("enrol", center, token["token"][:-1] + "x").error.startswith("SYNC-")


def test_a_desk_that_keeps_the_centers_authority_joins_and_sends_under_a_wrong_clock(
    desk: Desk, tmp_path: Path
) -> None:
    authority = Authority(tmp_path, "authority", YEARS_AGO)
    shown = str(authority.center())
    with serving(tmp_path, "--cert", shown, "--key", shown) as center:
        center = center.replace("127.0.0.1", "localhost")
        token = desk.did("center", "token", "--unit", "06709", "--slot", "0")["token"]
        assert desk.run("enrol", center, token).error == "SYNC-04"
        assert desk.run("enrol", center, token, "--ca", tmp_path / "missing.pem").error == "SYNC-43"
        assert desk.did("enrol", center, token, "--ca", authority.file)["slot"] == 0
        authority.file.unlink()
        assert desk.did("sync", "--once")["unsent"] == 0


def test_a_revoked_desk_is_told_and_its_acts_are_kept_apart(desk: Desk, center: str) -> None:
    token = desk.did("center", "token", "--unit", "06709", "--slot", 2)
    joined = desk.did("enrol", center, token["token"])
    assert set(desk.did("center", "revoke", joined["desk"])) == {"desk", "revoked_at"}
    desk.intake()
    assert desk.run("sync").error == "SYNC-08"
    assert {one["reason"] for one in desk.did("sync", "status")["quarantined"]} == {"revoked"}
    assert desk.run("center", "revoke", "nobody").error == "SYNC-07"


def test_a_desk_without_a_network_joins_and_sends_by_stick(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert desk.run("bundle", "export", stick / "a").error == "SYNC-06"
    token = desk.did("center", "token", "--unit", "06709", "--slot", 2)["token"]
    address = "https://center.example"
    desk.did("enrol", address, token, "--request", stick / "ask")
    assert desk.did("center", "bundle", "import", stick, "--reply", tmp_path / "joined")["parts"] == 1
    desk.did("enrol", address, token, "--reply", tmp_path / "joined")
    code = desk.intake()["code"]
    assert code.endswith("-1001")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    desk.did("attach", code, scan)
    written = desk.did("bundle", "export", stick / "a")
    assert written == {"events": len(oracle.look(desk.home).heads), "parts": 3, "files": 1, "files_left": 0}
    taken = desk.did("center", "bundle", "import", stick / "a", "--reply", stick / "reply")
    assert (taken["events"], taken["missing"], taken["refused"]) == (written["events"], [], [])
    assert desk.did("show", code)["sent"] is False
    brought = desk.did("bundle", "import", stick)
    assert (brought["events"], brought["unsent"], brought["files"]) == (written["events"], 0, 1)
    assert desk.did("show", code)["sent"] is True
    assert desk.run("bundle", "import", desk.home / "desk.toml").error == "SYNC-31"
    assert desk.run("enrol", address, token, "--request", "a", "--reply", "b").error == "RULE-140"


def test_nobody_at_the_other_end_is_told_and_nothing_is_lost(desk: Desk) -> None:
    assert desk.run("enrol", "http://127.0.0.1:9", "no-token").error.startswith("SYNC-")
    assert desk.run("enrol", "not an address", "x").error.startswith("SYNC-")
    assert desk.did("sync", "status")["link"] == "none"


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["token", "--unit", "nowhere", "--slot", "0"], 1, "RULE-118"),
        (["token", "--unit", "06709", "--slot", "-4"], 1, "RULE-"),
        (["token", "--unit", "06709"], 2, "RULE-140"),
        (["serve", "--port", "99999"], 2, "RULE-140"),
        (["serve", "--key", "a"], 2, "RULE-140"),
        (["serve", "--cert", "nowhere", "--port", "0"], 1, "STORE-15"),
        (["serve", "--db", "mysql://x", "--port", "0"], 1, "STORE-16"),
        (["serve", "--db", "postgresql://127.0.0.1:9/x", "--port", "0"], 1, "STORE-16"),
        (["serve", "--host", "203.0.113.9", "--port", "0"], 1, "SYNC-"),
        (["dance"], 2, "RULE-140"),
    ],
)
def test_a_center_that_cannot_be_is_refused(bare: Desk, words: list[str], status: int, code: str) -> None:
    ran = bare.run("center", *words)
    assert ran.status == status
    assert ran.error.startswith(code)


def test_a_center_never_moves_into_a_desks_home(desk: Desk) -> None:
    assert desk.run("--home", str(desk.home), "center", "rebuild").error == "STORE-02"
    assert not (desk.home / "center.db").exists()
