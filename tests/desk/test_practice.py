"""Practice is a sandbox: real parts, invented people, nothing outside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desk import practice, wiring
from desk.cases.practising import PIN, Practice
from desk.errors.store import RealHomeRefused
from desk.errors.sync import CenterUnreachable
from desk.rules.lifecycle import STATUSES
from tests import homes


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> wiring.Surroundings:
    around = wiring.Surroundings(tmp_path_factory.mktemp("practice") / "home", Path("/nonexistent"))
    practice.prepare(around)
    return around


def test_practice_has_dossiers_in_every_status_and_everything_is_at_its_center(sandbox: wiring.Surroundings) -> None:
    services = wiring.open_home(sandbox)
    found = {line.status for line in services.lookup.newest(1000)} | {w.status for w in services.inbox.waiting()}
    status = services.syncing.status()
    services.close()

    assert found >= set(STATUSES) - {"refused"}
    assert (status.link, status.unsent) == ("up", 0)


def test_a_cut_link_keeps_the_work_and_a_mended_one_sends_it(sandbox: wiring.Surroundings) -> None:
    services = wiring.open_home(sandbox)
    trainer = Practice(services.context)
    officer = services.officers.the_one()
    trainer.link("cut")
    services.officers.sign_in(officer, PIN)
    with pytest.raises(CenterUnreachable):
        services.syncing.once()
    waiting = services.syncing.status().unsent
    trainer.link("up")
    services.syncing.once()
    sent = services.syncing.status().unsent
    services.close()

    assert waiting == 1
    assert sent == 0


def test_a_reset_brings_practice_back_to_its_beginning(sandbox: wiring.Surroundings) -> None:
    services = wiring.open_home(sandbox)
    before = services.todays_work.counts()
    trainer = Practice(services.context)
    trainer.days_ahead(3)
    trainer.printer("dead")
    services.officers.sign_in(services.officers.the_one(), PIN)
    services.close()

    practice.prepare(sandbox, reset=True)
    services = wiring.open_home(sandbox)
    after = services.todays_work.counts()
    trouble = Practice(services.context).printer_fault()
    services.close()

    assert after.uncollected == before.uncollected
    assert trouble == "ok"


def test_practice_may_not_touch_the_home_of_a_real_desk(tmp_path: Path) -> None:
    around = homes.new_home(tmp_path)

    with pytest.raises(RealHomeRefused):
        practice.prepare(around)


def test_practice_writes_nothing_outside_its_folder_and_connects_nowhere(tmp_path: Path) -> None:
    watch = f"""
import sys
from pathlib import Path
inside = {str(tmp_path)!r}
faults = []
def hook(event, args):
    if event == "open" and isinstance(args[0], str) and args[1] and set(str(args[1])) & set("wax+"):
        path = str(Path(args[0]).resolve())
        if not path.startswith(inside) and "__pycache__" not in path and not path.startswith("/dev/"):
            faults.append(path)
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.exec"):
        faults.append(event)
from desk import practice, wiring
sys.addaudithook(hook)
around = wiring.Surroundings(Path(inside) / "home", Path(inside) / "no-keys-here")
practice.prepare(around)
services = wiring.open_home(around)
officer = services.officers.the_one()
line = next(one for one in services.lookup.newest(50) if one.accepted_at)
made = services.papers.make(line.code, "slip", officer)
services.papers.send(made.job)
services.syncing.once()
services.close()
print(faults)
"""
    ran = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=False, timeout=120)

    assert ran.stdout.strip() == "[]", ran.stdout + ran.stderr
