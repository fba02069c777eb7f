"""A mutation run over `desk/rules`: every small fault put in, one at a time, and whether a test of the rules sees it.

A fault is put into the living program of a forked process that has collected all tests: into a function, whose tests
are those that call it, or into a module, which is made anew (`living`), whose tests are those that call or import
anything of it. What can be put in neither way is put in while a fresh process imports it. No line is excepted.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.abc
import importlib.util
import io
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, NamedTuple

import hypothesis
import pytest

from tests.promises.living import in_function, made_anew
from tests.promises.mutations import Mutant, mutants

ROOT = Path(__file__).parents[2]
RULES = ROOT / "desk" / "rules"
TESTS = ("tests/desk/rules",)
LAWS = "tests/desk/rules/test_values.py"
"""What holds for every value of the rules: quick, and tried for each module."""
GOAL = 0.9
_PATIENCE_S = 60
_ENOUGH_S = 15
"""So many seconds of tests are run for a fault in a module; one that they do not see counts as unseen."""
_SOON_S = 5
"""So many for one in a module that is made anew in the running program, the quickest first."""
_MEMORY = 4 << 30
_KILLED, _SURVIVED = 0, 7


class Tried(NamedTuple):
    """One fault and whether a test saw it."""

    module: str
    line: int
    what: str
    is_killed: bool


@dataclass
class Outcome:
    """What the run found."""

    tried: list[Tried] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def survivors(self) -> list[Tried]:
        """The faults that no test saw."""
        return [one for one in self.tried if not one.is_killed]

    def line(self) -> str:
        """Return the figures as one line."""
        killed, many = len(self.tried) - len(self.survivors), len(self.tried)
        share = 100 * killed / many if many else 0.0
        modules = len({one.module for one in self.tried})
        verdict = "ok" if not self.faults else "; ".join(self.faults[:5])
        return f"{many:,} faults put into {modules} modules, {killed:,} seen ({share:.2f} %): {verdict}"


@dataclass
class Baseline:
    """What the tests are and what each of them calls."""

    seconds: dict[str, float] = field(default_factory=dict)
    """By the test's id."""
    called: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """The tests that call a function, by file and the function's qualified name."""
    failed: list[str] = field(default_factory=list)

    def tests_of(self, file: str, function: str) -> list[str]:
        """Return the ids of the tests that call a function, the quickest first."""
        return sorted(self.called.get((file, function), ()), key=lambda test: self.seconds[test])

    def tests_about(self, file: str, module: str) -> list[str]:
        """Return the tests of the files of a module (`files_of`), the quickest first, as many as are enough."""
        files = set(self.files_of(file, module))
        asked = sorted((one for one in self.seconds if one.split("::")[0] in files), key=self.seconds.__getitem__)
        spent = accumulate(self.seconds[one] for one in asked)
        return [one for one, until in zip(asked, spent, strict=True) if until <= _SOON_S]

    def files_of(self, file: str, module: str) -> list[str]:
        """Return the test files that call or import anything of a module: its mirror, importers, the quick ones."""
        cost: dict[str, float] = {}
        for test, seconds in self.seconds.items():
            name = test.split("::")[0]
            cost[name] = cost.get(name, 0.0) + seconds
        calling = {test.split("::")[0] for (of, _name), tests in self.called.items() if of == file for test in tests}
        importing = {name for name in cost if f"from {module} import" in (ROOT / name).read_text(encoding="utf-8")}
        mirror = f"test_{Path(file).name}"
        asked = sorted(
            calling | importing | ({LAWS} & cost.keys()),
            key=lambda name: (Path(name).name != mirror, name != LAWS, name not in importing, cost[name]),
        )
        spent = list(accumulate(cost[name] for name in asked))
        return [name for at, name in enumerate(asked) if at == 0 or spent[at] <= _ENOUGH_S]


def run(
    only: str = "",
    workers: int = 2,
    tests: Sequence[str] = TESTS,
    report: Callable[[str], object] = print,
) -> Outcome:
    """Put every fault into the modules of `desk/rules` whose path contains `only`, and try each by `tests`."""
    files = sorted(path for path in RULES.rglob("*.py") if only in str(path.relative_to(RULES)))
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder)
        _in_a_process(lambda: _functions(files, results, workers, tests))
        outcome.faults += _said(results / "failed")
        if outcome.faults:
            return outcome
        baseline = _read_baseline(results / "files")
        _shared_out(list(_module_faults(files, _said(results / "left"))), results, workers, baseline)
        for path in sorted(results.glob("tried-*")):
            outcome.tried += [Tried(*json.loads(line)) for line in _said(path)]
    for one in outcome.survivors:
        report(f"{one.module}:{one.line}: {one.what}")
    if len(outcome.survivors) > (1 - GOAL) * len(outcome.tried):
        outcome.faults.append(f"less than {GOAL:.0%} were seen")
    return outcome


def _said(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _in_a_process(act: Callable[[], None]) -> int:
    """Run `act` in a forked process and return its exit status, -1 where it was ended."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 9
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


# --- faults inside functions ---------------------------------------------------------------------


def _functions(files: Sequence[Path], results: Path, workers: int, tests: Sequence[str]) -> None:
    """Collect the tests, see what each calls, and try the faults inside functions."""
    hypothesis.settings.register_profile("mutants", database=None, derandomize=True, deadline=None, max_examples=25)
    hypothesis.settings.load_profile("mutants")
    os.chdir(ROOT)
    loop = _Loop(files, results, workers)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:randomly", *tests], plugins=[loop])


class _Loop:
    """Takes pytest's loop over: one pass to see what is called, then one forked process a fault."""

    def __init__(self, files: Sequence[Path], results: Path, workers: int) -> None:
        self.files, self.results, self.workers = files, results, workers
        self.baseline = Baseline()
        self.broken = False
        self.sound: dict[Path, list[str]] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a failure."""
        self.broken = self.broken or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool:
        """Run all."""
        items = {item.nodeid: item for item in session.items}
        self._see(list(items.values()))
        if self.baseline.failed:
            (self.results / "failed").write_text("\n".join(self.baseline.failed), encoding="utf-8")
            return True
        files = {str(path): self.baseline.files_of(str(path), _module_name(path)) for path in self.files}
        (self.results / "files").write_text(json.dumps(files), encoding="utf-8")
        children = []
        for worker in range(self.workers):
            child = os.fork()
            if child == 0:
                try:
                    self._work(worker, items)
                finally:
                    os._exit(0)
            children.append(child)
        for child in children:
            os.waitpid(child, 0)
        return True

    def _see(self, items: list[Any]) -> None:
        """Run every test once and see which functions of the rules it calls."""
        inside = str(RULES)
        for place, item in enumerate(items):
            seen: set[CodeType] = set()

            def watch(frame: FrameType, event: str, _arg: object, seen: set[CodeType] = seen) -> None:
                if event == "call":
                    seen.add(frame.f_code)

            self.broken, began = False, time.monotonic()
            sys.setprofile(watch)
            try:
                _run_item(item, items[place + 1] if place + 1 < len(items) else None)
            finally:
                sys.setprofile(None)
            self.baseline.seconds[item.nodeid] = time.monotonic() - began
            for code in seen:
                if code.co_filename.startswith(inside):
                    key = (code.co_filename, code.co_qualname.split(".<locals>")[0])
                    self.baseline.called[key].add(item.nodeid)
            if self.broken:
                self.baseline.failed.append(f"{item.nodeid} fails without any fault")

    def _work(self, worker: int, items: dict[str, Any]) -> None:
        with (
            (self.results / f"tried-{worker}").open("w", encoding="utf-8") as tried,
            (self.results / "left").open("a", encoding="utf-8") as left,
        ):
            for number, (path, mutant) in enumerate(_all(self.files)):
                whose = number if mutant.function else self.files.index(path)  # all of one module's to one worker
                if whose % self.workers != worker:
                    continue
                module = _module_name(path)
                if mutant.function:
                    put = in_function(path, module, mutant.function, mutant.tree)
                    names = self.baseline.tests_of(str(path), mutant.function)
                else:
                    put, names = made_anew(path, module, mutant.tree), self._sound(path, items)
                if put is None or not names:  # what only runs at the import is tried there
                    left.write(f"{path}\t{number}\n")
                    left.flush()
                    continue
                is_killed = self._try(put, [items[test] for test in names])
                tried.write(_written(path, mutant, is_killed))
                tried.flush()

    def _sound(self, path: Path, items: dict[str, Any]) -> list[str]:
        """Return the tests of a module that still pass when it is made anew without a fault, the quickest first."""
        if path not in self.sound:
            asked = self.baseline.tests_about(str(path), _module_name(path))
            put = made_anew(path, _module_name(path), ast.parse(path.read_text(encoding="utf-8")))
            sound = [test for test in asked if put is not None and not self._try(put, [items[test]])]
            if put is None or self._try(put, [items[test] for test in sound]):
                sound = []
            self.sound[path] = sound
        return self.sound[path]

    def _try(self, put: Callable[[], None], tests: list[Any]) -> bool:
        """Return whether one of `tests` fails after `put` has put the fault in."""
        longest = sum(self.baseline.seconds[test.nodeid] for test in tests)

        def act() -> None:
            _bound(longest)
            put()
            _forget()
            for test in tests:
                self.broken = False
                _run_item(test, None)
                if self.broken:
                    os._exit(_KILLED)
            os._exit(_SURVIVED)

        return _in_a_process(act) != _SURVIVED


def _run_item(item: Any, following: Any) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _forget() -> None:
    """Empty every cache of the rules and their tests: what lies there was made without the fault."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("desk.rules", "tests.desk", "sample_data")):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()


def _bound(seconds: float) -> None:
    """End this process where it takes ten times as long by its own CPU, waits for ever, or takes all the memory."""
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, 10 + 10 * seconds)
    signal.alarm(int(100 + 100 * seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _all(files: Sequence[Path]) -> Iterator[tuple[Path, Mutant]]:
    for path in files:
        for mutant in mutants(path.read_text(encoding="utf-8")):
            yield path, mutant


def _written(path: Path, mutant: Mutant, is_killed: bool) -> str:
    named = str(path.relative_to(ROOT))
    return json.dumps([named, mutant.line, mutant.what[:160], is_killed], ensure_ascii=False) + "\n"


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


# --- faults in modules ---------------------------------------------------------------------------


def _read_baseline(path: Path) -> dict[str, list[str]]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _module_faults(files: Sequence[Path], left: Sequence[str]) -> Iterator[tuple[Path, Mutant]]:
    numbers = {int(line.split("\t")[1]) for line in left}
    for number, (path, mutant) in enumerate(_all(files)):
        if number in numbers:
            yield path, mutant


def _shared_out(
    faults: Sequence[tuple[Path, Mutant]], results: Path, workers: int, files: dict[str, list[str]]
) -> None:
    """Try faults in `workers` processes, each fault in a fresh one that has imported nothing of the program yet."""
    children = []
    for worker in range(workers):
        child = os.fork()
        if child == 0:
            try:
                with (results / f"tried-module-{worker}").open("w", encoding="utf-8") as tried:
                    for path, mutant in faults[worker::workers]:
                        tried.write(_written(path, mutant, _is_seen(path, mutant, files[str(path)])))
                        tried.flush()
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def _is_seen(path: Path, mutant: Mutant, files: Sequence[str]) -> bool:
    if not files:
        return False  # no test calls anything of the module

    def act() -> None:
        _bound(_PATIENCE_S / 10)
        hypothesis.settings.register_profile("mutants", database=None, derandomize=True, deadline=None, max_examples=25)
        hypothesis.settings.load_profile("mutants")
        os.chdir(ROOT)
        sys.meta_path.insert(0, _Faulty(_module_name(path), compile(mutant.tree, str(path), "exec"), path))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for file in files:  # one by one: most faults are seen by the first, and the others need not be imported
                if pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", file]) != 0:
                    os._exit(_KILLED)
        os._exit(_SURVIVED)

    return _in_a_process(act) != _SURVIVED


class _Faulty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module with a fault in it."""

    def __init__(self, name: str, code: CodeType, path: Path) -> None:
        self.name, self.code, self.path = name, code, path

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """Return where the module comes from."""
        if fullname != self.name:
            return None
        is_package = self.path.name == "__init__.py"
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=self, submodule_search_locations=[str(self.path.parent)] if is_package else None
        )

    def exec_module(self, module: ModuleType) -> None:
        """Run the faulty code."""
        exec(self.code, vars(module))  # noqa: S102  # the module's own code with one fault
