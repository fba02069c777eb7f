"""`desk restore`: everything that anything still knows comes back, the rest is named, and no number is given twice."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from desk import swapping, wiring
from desk.cases.services import Services
from desk.clock import parse_instant
from desk.restoring import restore
from storage.center.center import Center
from tests import homes, oracle
from tests.desk.commands.conftest import Desk
from tests.promises.cutting import forked
from tests.storage import centers
from tests.storage.desks import Ticking

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that are forked here")


def _damage(desk: Desk) -> None:
    """Overwrite the beginning of the database: nothing opens it any more."""
    with (desk.home / "desk.db").open("r+b") as file:
        file.write(os.urandom(4096))


def _backed_up(desk: Desk, stick: Path, many: int = 2) -> Path:
    for number in range(1, many + 1):
        desk.intake(homes.birth(number))
    return Path(desk.did("backup", stick)["file"])


def _codes(desk: Desk) -> list[str]:
    return sorted(one["code"] for one in desk.did("find", "lan"))


def _code(serial: int) -> str:
    return f"H49.22.11-261125-{serial:04d}"


def test_a_damaged_home_comes_back_to_its_last_act_and_goes_on_20_higher(desk: Desk, tmp_path: Path) -> None:
    file = _backed_up(desk, tmp_path / "stick")
    third = desk.intake(homes.birth(3))["code"]
    _damage(desk)
    damaged = (desk.home / "desk.db").read_bytes()
    assert desk.run("find", "lan").status == 1
    done = desk.did("restore", file)
    assert (done["dossiers"], done["lost"], done["at_center"], done["key"]) == (3, [], [], True)
    assert done["replayed"] > 0
    assert (Path(done["aside"]) / "desk.db").read_bytes() == damaged
    assert _codes(desk) == [_code(1), _code(2), third]
    assert desk.intake(homes.birth(4))["code"] == _code(24)
    assert desk.intake(homes.birth(5))["code"] == _code(25)
    seen = oracle.look(desk.home)
    assert seen.faults == []
    assert [body["because"] for _head, body in seen.of_kind("desk.epoch_opened")] == ["restored"]
    assert desk.did("rebuild")["same"] is True


def test_without_a_mirror_what_the_damaged_database_still_says_comes_back(desk: Desk, tmp_path: Path) -> None:
    file = _backed_up(desk, tmp_path / "stick")
    desk.intake(homes.birth(3))
    shutil.rmtree(desk.home / "mirror")
    with (desk.home / "desk.db").open("r+b") as database:  # its last pages, where its indexes and searches lie
        database.seek(-8 * 4096, os.SEEK_END)
        database.write(os.urandom(4096))
    done = desk.did("restore", file, "--over-newer")
    assert (done["dossiers"], done["lost"]) == (3, [])
    assert _codes(desk) == [_code(1), _code(2), _code(3)]


def test_what_is_known_and_nowhere_whole_is_named_to_the_event(desk: Desk, tmp_path: Path) -> None:
    file = _backed_up(desk, tmp_path / "stick")
    before = len(oracle.look(desk.home).heads)
    for number in (3, 4):
        desk.intake(homes.birth(number))
    _damage(desk)
    (mirror,) = (desk.home / "mirror").glob("*.log")
    lines = mirror.read_bytes().splitlines(keepends=True)
    lines[before + 1] = lines[before + 1].replace(b"birth", b"death").replace(b'"hlc"', b'"hlC"')
    mirror.write_bytes(b"".join(lines))
    done = desk.did("restore", file)
    assert (done["dossiers"], done["replayed"]) == (2, 0)
    assert [one["seq"] for one in done["lost"]] == list(range(before + 1, len(lines)))
    assert done["lost"][0]["kind"] is None
    assert _code(4) in {one["code"] for one in done["lost"]}
    assert "aside-2026-11-25-1" in done["aside"]
    assert desk.intake(homes.birth(9))["code"] == _code(23)
    assert list((desk.home / "mirror").glob("*.aside-1"))


def test_a_new_machine_without_the_key_can_read_everything_and_write_nothing(desk: Desk, tmp_path: Path) -> None:
    file = _backed_up(desk, tmp_path / "stick")
    other = Desk(tmp_path / "other")
    done = other.did("restore", file)
    assert (done["dossiers"], done["key"], done["aside"]) == (2, False, None)
    assert _codes(other) == [_code(1), _code(2)]
    assert other.run("intake", "-", stdin="{}").status == 1
    shutil.copytree(desk.folder / "keys", other.folder / "keys")
    assert other.intake(homes.birth(3))["code"] == _code(23)
    assert oracle.look(other.home).faults == []


def test_attached_files_come_back_from_beside_the_backup(desk: Desk, tmp_path: Path) -> None:
    code = desk.intake()["code"]
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 " + bytes(9000))
    (kept,) = desk.did("attach", code, scan)
    file = Path(desk.did("backup", tmp_path / "stick")["file"])
    shutil.rmtree(desk.home / "attachments")
    _damage(desk)
    assert desk.did("restore", file)["attachments"] == {"brought": 1, "there": 0, "missing": 0}
    back = desk.home / "attachments" / kept["sha256"][:2] / kept["sha256"]
    assert back.read_bytes() == scan.read_bytes()


def test_a_whole_home_that_holds_more_is_only_put_back_when_that_is_said(desk: Desk, tmp_path: Path) -> None:
    file = _backed_up(desk, tmp_path / "stick")
    assert desk.did("restore", file)["dossiers"] == 2  # nothing newer is there
    desk.intake(homes.birth(3))
    before = oracle.look(desk.home).lines
    ran = desk.run("restore", file)
    assert (ran.status, ran.error) == (1, "STORE-54")
    assert oracle.look(desk.home).lines == before
    assert desk.did("restore", file, "--over-newer")["dossiers"] == 3
    assert oracle.look(desk.home).lines[: len(before)] == before


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("cut", "STORE-51"),
        ("flipped", "STORE-51"),
        ("text", "STORE-51"),
        ("missing", "STORE-15"),
        ("empty folder", "STORE-51"),
        ("other desk", "STORE-52"),
        ("practice", "STORE-53"),
        ("screens", "STORE-30"),
    ],
)
def test_what_does_not_belong_is_refused_and_changes_nothing(desk: Desk, tmp_path: Path, what: str, code: str) -> None:
    file = _backed_up(desk, tmp_path / "stick", 1)
    whole = file.read_bytes()
    lock = FileLock(desk.home / "screens.lock")
    if what == "cut":
        file.write_bytes(whole[:-100])
    elif what == "flipped":
        file.write_bytes(bytes([*whole[:-5000], whole[-5000] ^ 1, *whole[-4999:]]))
    elif what == "text":
        file.write_text("không phải bản sao lưu")
    elif what == "missing":
        file = tmp_path / "nothing.zst"
    elif what == "empty folder":
        file = tmp_path / "folder"
        file.mkdir()
    elif what == "other desk":
        homes.new_home(tmp_path / "second")
        file = _backed_up(Desk(tmp_path / "second"), tmp_path / "stick", 1)
    elif what == "practice":
        homes.new_home(tmp_path / "second", practice=True)
        file = _backed_up(Desk(tmp_path / "second"), tmp_path / "stick", 0)
    else:
        lock.acquire()
    before = {path: path.stat().st_mtime_ns for path in desk.home.rglob("*.db")}
    ran = desk.run("restore", file)
    lock.release()
    assert (ran.status, ran.error) == (1, code)
    assert {path: path.stat().st_mtime_ns for path in desk.home.rglob("*.db")} == before
    assert not (desk.home / swapping.STAGE).exists()


@needs_fork
def test_killed_anywhere_the_home_is_the_old_one_or_the_new_one(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _backed_up(desk, tmp_path / "stick", 1)
    desk.intake(homes.birth(2))
    _damage(desk)
    damaged = (desk.home / "desk.db").read_bytes()
    around = wiring.Surroundings(desk.home, desk.folder / "keys", homes.CLOCK)
    real, ends = os.replace, set()

    for count in range(1, 9):
        shutil.copytree(desk.home, tmp_path / "kept")
        left = [count]

        def killing(old: Any, new: Any, left: list[int] = left, **options: Any) -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            real(old, new, **options)

        def act(killing: Any = killing) -> None:
            os.replace = killing  # the moves of a restore, each of which may be the last thing it does
            restore(around, file)

        process = forked(act)
        _pid, status = os.waitpid(process, 0)
        is_old = not (desk.home / swapping.MARK).exists() and (desk.home / "desk.db").read_bytes() == damaged
        if is_old:
            assert desk.run("find", "lan").status == 1
        else:
            assert _codes(desk) == [_code(1), _code(2)]
            assert not (desk.home / swapping.STAGE).exists()
            assert [path.read_bytes() for path in desk.home.glob("aside-*/desk.db")] == [damaged]
        ends.add(is_old)
        shutil.rmtree(desk.home)
        (tmp_path / "kept").rename(desk.home)
        if os.WIFEXITED(status):
            break
    assert ends == {True, False}


@contextmanager
def _opened(desk: Desk) -> Iterator[Services]:
    services = wiring.open_home(wiring.Surroundings(desk.home, desk.folder / "keys", homes.CLOCK))
    yield services
    services.close()


def _synced(desk: Desk, center: Center) -> Any:
    with _opened(desk) as services:
        return centers.sync(services.context, center)  # type: ignore[arg-type]  # what it asks of a desk is its log


def test_a_restored_desk_gives_and_takes_at_the_center_and_nothing_is_doubled_or_lost(
    desk: Desk, tmp_path: Path
) -> None:
    center = centers.new_center(tmp_path, clock=Ticking(parse_instant(homes.CLOCK)))
    with _opened(desk) as services:
        centers.join(services.context, center, unit="06709")  # type: ignore[arg-type]
    file = _backed_up(desk, tmp_path / "stick", 2)
    desk.intake(homes.birth(3))
    _synced(desk, center)
    desk.intake(homes.birth(4))
    lost = oracle.look(desk.home).lines
    shutil.rmtree(desk.home)

    done = desk.did("restore", file)
    assert done["dossiers"] == 2
    outcome = _synced(desk, center)
    assert outcome.taken_back > 0
    assert _codes(desk) == [_code(1), _code(2), _code(3)]
    assert desk.intake(homes.birth(5))["code"] == _code(24)
    _synced(desk, center)
    seen = oracle.look(desk.home)
    own = [line for line in centers.lines(center) if line in set(seen.lines)]
    assert sorted(own) == sorted(seen.lines)
    assert all(one["ok"] for one in desk.did("check") if one["id"] in ("database", "mirror", "center"))
    assert len(set(seen.codes)) == len(seen.codes) == 4
    assert len(set(lost) - set(seen.lines)) == 2  # the act nobody had: its dossier and its paper
    assert center.rebuild() == (True, [])
    center.close()


def test_one_that_works_before_the_center_is_asked_gives_no_number_twice_either(desk: Desk, tmp_path: Path) -> None:
    center = centers.new_center(tmp_path, clock=Ticking(parse_instant(homes.CLOCK)))
    with _opened(desk) as services:
        centers.join(services.context, center, unit="06709")  # type: ignore[arg-type]
    file = _backed_up(desk, tmp_path / "stick", 1)
    desk.intake(homes.birth(2))
    _synced(desk, center)
    shutil.rmtree(desk.home)
    desk.did("restore", file)
    assert desk.intake(homes.birth(3))["code"] == _code(22)
    assert _synced(desk, center).taken_back > 0
    assert _codes(desk) == [_code(1), _code(2), _code(22)]
    assert {one["id"]: one["ok"] for one in desk.did("check")}["database"]
    assert desk.did("rebuild")["same"] is True and center.rebuild() == (True, [])
    center.close()
