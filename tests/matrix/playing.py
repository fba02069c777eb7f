"""Plays the cells of one fault at one home and says what was not as their oracles have it."""

from __future__ import annotations

import re
import select
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from desk import wiring
from desk.clock import chance, system_clock
from storage.center.opening import open_center
from tests import full_disk
from tests.day.line import Line
from tests.day.officer import said
from tests.matrix.cells import CELLS, CLOCK, DISK, FAULTS, HANG_UP, LINK, PRINTER, SECOND, Cell
from tests.matrix.place import ROOT, Desk, Place
from tests.matrix.workplaces import QUESTION, WORKPLACES, Workplace

_BACK = timedelta(days=1)
_VIEWED = "dossier.viewed"
_VISITOR = re.compile("> +" + re.escape(said("Survey of a visitor without a dossier")))


@dataclass
class Outcome:
    """What was tried and what did not hold."""

    tried: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "ok" if not self.faults else "\n".join(self.faults)
        return f"{len(self.tried)} cells tried of {len(CELLS)}: {verdict}"


class Fault:
    """One fault: how it is made, how it ends, and what a program knows of it; the base is the printer's."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.desk = place.screens()

    def begin(self, workplace: Workplace) -> None:
        """Work up to the act."""
        workplace.begin(self.desk)

    def act(self, workplace: Workplace) -> None:
        """Press the keys that act."""
        self.desk.terminal.send(workplace.act)

    def strike(self) -> None:
        """Make it."""
        (self.place.printed / "dead").touch()

    def end(self) -> None:
        """Let it be over."""
        (self.place.printed / "dead").unlink()

    def finish(self, workplace: Workplace, cell: Cell) -> None:
        """Do what an officer does then."""
        self.desk.terminal.send(cell.mended)
        if workplace.name == "return" and not cell.beneath:
            leave_citizen(self.desk)

    def reckon(self) -> list[str]:
        """Return what is wrong when all cells were played."""
        return []


class Full(Fault):
    """The kernel gives the program no room for files: what a full disk does, without rights and without a disk."""

    def strike(self) -> None:
        """Let no file grow."""
        full_disk.fill(self.desk.terminal.pid)

    def end(self) -> None:
        """Make room."""
        full_disk.make_room(self.desk.terminal.pid)


class Cut(Fault):
    """The relay to a real center in a process of its own drops what runs; it stays cut from one cell to the next."""

    def __init__(self, place: Place) -> None:
        self._center = place.folder / "center"
        self.line = place.stack.enter_context(Line(self._serving(place)))
        self._around = wiring.Surroundings(place.home, place.keys, place.clock)
        center = open_center(self._center, place.keys, system_clock, chance(system_clock))
        token = center.make_token("06709", 0).token
        center.close()
        services = wiring.open_home(self._around)
        services.syncing.enrol(f"http://127.0.0.1:{self.line.port}", token, None)
        services.close()
        self.line.cut()
        super().__init__(place)

    def _serving(self, place: Place) -> int:
        command = [sys.executable, "-m", "desk", "--home", str(self._center), "center", "serve", "--port", "0"]
        env = {**place.env, "PYTHONPATH": str(ROOT)}
        del env["DESK_CLOCK"]
        serving = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        place.stack.callback(serving.wait, 20)
        place.stack.callback(serving.terminate)
        assert serving.stdout is not None
        ready, _w, _x = select.select([serving.stdout], [], [], 60)
        line = serving.stdout.readline() if ready else ""
        assert line.startswith("ready http://"), line
        return int(line.strip().rsplit(":", 1)[1])

    def strike(self) -> None:
        """It is cut already, and the first line says so before anything is done."""
        self.desk.wait_for(said("no link"))

    def end(self) -> None:
        """Nothing: the desk works on without it."""

    def reckon(self) -> list[str]:
        """Mend it, send what waited, and compare the center's log with the desk's."""
        self.desk.terminal.kill()
        self.line.mend()
        services = wiring.open_home(self._around)
        services.syncing.once()
        left = services.syncing.status().unsent
        services.close()
        center = open_center(self._center, self.place.keys, system_clock, chance(system_clock))
        with center.store.reading() as session:
            held = session.connection().exec_driver_sql("SELECT head FROM event").scalars().all()
        center.close()
        mine = {bytes(head) for (head,) in self.place.ask("SELECT head FROM event")}
        lost = len(mine - {bytes(head) for head in held})
        return [f"{left} events unsent, {lost} not at the center"] if left or lost else []


class Back(Fault):
    """The clock goes back by days, each time beyond the hours that an officer's word holds."""

    def strike(self) -> None:
        """Set it back."""
        self._before = self.place.now
        self.place.later(-_BACK)

    def end(self) -> None:
        """Nothing: it goes on from there, and back again before the next act."""


class Second(Fault):
    """Another window has the home: the cells are played in the second one and done in the first."""

    def __init__(self, place: Place) -> None:
        self._first = place.screens()
        super().__init__(place)

    def begin(self, workplace: Workplace) -> None:
        """Work up to the act; no citizen is asked here, for nothing was handed over: a visitor would be."""
        if workplace.name != "survey":
            super().begin(workplace)

    def act(self, workplace: Workplace) -> None:
        """Press the keys that act, or open the survey of a visitor."""
        if workplace.name != "survey":
            super().act(workplace)
            return
        self.desk.terminal.key("Ctrl+G")
        self.desk.wait_for("┌")
        self.desk.terminal.type(" danh gia")
        self.desk.see(lambda screen: _VISITOR.search(screen) is not None, "the survey is not found")
        self.desk.terminal.key("Enter")

    def strike(self) -> None:
        """It is there already."""

    def end(self) -> None:
        """Go over to the other window; the page that cannot be saved here goes with its window."""
        if said("Intake") in self.desk.terminal.screen().partition("\n")[0]:
            self.desk.terminal.kill()
            self.desk = self.place.screens()

    def finish(self, workplace: Workplace, cell: Cell) -> None:
        """Do all of it in the first window."""
        workplace.begin(self._first)
        self._first.terminal.send(workplace.act)
        if workplace.name == "return":
            leave_citizen(self._first)
        self._first.go_home()


class HungUp(Fault):
    """The terminal is closed in the middle of the work; the program ends by itself and is started again."""

    def strike(self) -> None:
        """Close it."""
        self.desk.terminal.hang_up()
        assert self.desk.terminal.wait_ended(60) == 0

    def end(self) -> None:
        """Sit down at a new one."""
        self.desk = self.place.screens()

    def finish(self, workplace: Workplace, cell: Cell) -> None:
        """Bring the draft back, or do all of it again."""
        if cell.drafts:
            self._resume()
        elif workplace.name != "survey":
            workplace.begin(self.desk)
        else:
            return
        self.desk.terminal.send(workplace.act)
        if workplace.name == "return":
            leave_citizen(self.desk)

    def _resume(self) -> None:
        self.desk.terminal.key("F2")
        self.desk.see(lambda screen: "┌" in screen and "Enter" in screen, "no draft is offered")
        self.desk.terminal.key("Enter")
        self.desk.wait_for("022190001234", said("Due"))


def leave_citizen(desk: Desk) -> None:
    """Let the citizen who is asked go without an answer."""
    desk.wait_for(QUESTION)
    desk.terminal.key("Esc")
    desk.see(lambda screen: QUESTION not in screen, "the survey stays")


_KINDS: dict[str, Callable[[Place], Fault]] = {
    PRINTER: Fault,
    DISK: Full,
    LINK: Cut,
    CLOCK: Back,
    SECOND: Second,
    HANG_UP: HungUp,
}


def run(folder: Path, faults: Sequence[str] = FAULTS) -> Outcome:
    """Play all cells of these faults, each fault at a home of its own."""
    outcome = Outcome()
    for fault in faults:
        with Place(folder / fault.replace(" ", "-")) as place:
            made = _KINDS[fault](place)
            for workplace in WORKPLACES.values():
                name = (workplace.name, fault)
                outcome.tried.append(name)
                outcome.faults += [f"{' / '.join(name)}: {wrong}" for wrong in _cell(made, workplace, CELLS[name])]
            outcome.faults += [f"{fault}: {wrong}" for wrong in (*made.reckon(), *place.faults())]
    return outcome


def _cell(fault: Fault, workplace: Workplace, cell: Cell) -> list[str]:
    """Play one cell; returns what its oracle did not find."""
    place = fault.place
    place.later()
    try:
        if isinstance(fault, HungUp) or workplace.name == "survey":
            fault.begin(workplace)
            count = place.count()
            fault.strike()
        else:
            fault.strike()
            fault.begin(workplace)
            count = place.count()
        if not isinstance(fault, HungUp):
            fault.act(workplace)
            fault.desk.wait_for(*cell.sees)
        _expect(place, workplace, count, cell.writes)
        wrong = _wrong(place, cell)
        if cell.beneath:
            leave_citizen(fault.desk)
            fault.desk.wait_for(cell.beneath)
        fault.end()
        fault.finish(workplace, cell)
        _expect(place, workplace, count, cell.writes_then)
        fault.desk.go_home()
        return [*wrong, *place.faults()]
    except AssertionError as error:
        return [str(error)]


def _wrong(place: Place, cell: Cell) -> list[str]:
    wrong = []
    if (job := place.last_job()) != cell.job:
        wrong.append(f"the newest paper is {job}, not {cell.job}")
    # the draft of the last key comes within a second
    place.wait(lambda: len(place.drafts()) == cell.drafts, lambda: f"{len(place.drafts())} drafts, not {cell.drafts}")
    return wrong


def _expect(place: Place, workplace: Workplace, count: int, kinds: tuple[str, ...]) -> None:
    """Wait until exactly these kinds were written since the log had `count` events."""

    def written() -> Counter[str]:
        found = place.since(count)
        if workplace.name != "lookup":
            del found[_VIEWED]  # of the way to the act
        return found

    place.wait(
        lambda: written() == Counter(kinds), lambda: f"{dict(written())} was written, not {dict(Counter(kinds))}"
    )
