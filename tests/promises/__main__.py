"""The long proofs, all of them without a name: `python -m tests.promises [kills|sync|figures|rules|...]`.

kills: nothing told as saved is lost by kill -9 (--count kills). backups: a damaged home comes back whole, a killed
restore leaves the old home or the new one (--damages). sync: kill -9 of desks and center, on SQLite and
PostgreSQL, and cuts in requests and answers lose no event, double none and leave no gap (--kills, --cuts).
interleavings: three desks and a center end alike in whatever order and number they learn things (--examples).
figures: the report equals a recount of what happened, by code that shares nothing with the program (--dossiers,
--periods). rules: small faults put into the rules are seen by their tests (--only a part of a path, --workers).
coverage: every branch of the rules is run. typing: names and places come out exactly in every way in which input
methods send them (--names). matrix: six workplaces by six faults, on the real program (--only a part of a fault's
name). answers: the center answers as its OpenAPI description says (--cases). lessons: each lesson of practice,
played by itself, does what its steps want, and touches nothing outside its folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol


class Outcome(Protocol):
    """What a proof found."""

    faults: list[str]

    def line(self) -> str:
        """Return the figures as one line."""
        ...


def _kills(folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.promises import kills

    return kills.run(folder, wanted.count, wanted.seed)


def _sync(folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.promises import sync

    return sync.run(folder, wanted.kills, wanted.cuts, wanted.seed)


def _backups(folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.promises import backups

    return backups.run(folder, wanted.damages, wanted.damages, 10 * wanted.damages, wanted.seed)


def _interleavings(_folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.promises import interleavings

    return interleavings.run(wanted.examples, wanted.seed)


def _figures(folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.promises import figures

    return figures.run(folder, wanted.dossiers, wanted.periods, wanted.seed)


def _rules(_folder: Path, wanted: argparse.Namespace) -> Outcome:
    # in a process that has loaded nothing of the program: each fault is imported afresh
    from tests.promises import rules

    return rules.run(wanted.only, wanted.workers)


def _coverage(folder: Path, _wanted: argparse.Namespace) -> Outcome:
    from tests.promises import coverage

    return coverage.run(folder)


def _typing(folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.promises import typed_names

    return typed_names.run(folder, wanted.names, wanted.seed)


def _answers(folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.promises import answers

    return answers.run(folder, wanted.cases)


def _matrix(folder: Path, wanted: argparse.Namespace) -> Outcome:
    from tests.matrix import playing

    return playing.run(folder, [fault for fault in playing.FAULTS if wanted.only in fault])


def _lessons(folder: Path, _wanted: argparse.Namespace) -> Outcome:
    from tests.promises import lessons

    return lessons.run(folder)


PROOFS: Mapping[str, Callable[[Path, argparse.Namespace], Outcome]] = {
    "rules": _rules,
    "coverage": _coverage,
    "figures": _figures,
    "kills": _kills,
    "backups": _backups,
    "sync": _sync,
    "interleavings": _interleavings,
    "typing": _typing,
    "matrix": _matrix,
    "answers": _answers,
    "lessons": _lessons,
}


def main() -> int:
    """Run the proofs that were named, all without any; returns 0 if each of them holds."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.promises", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("proofs", nargs="*", choices=[*PROOFS, []], default=[])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--damages", type=int, default=100)
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--dossiers", type=int, default=10_000)
    parser.add_argument("--periods", type=int, default=20)
    parser.add_argument("--names", type=int, default=200)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--only", default="")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    held = True
    for proof in [name for name in PROOFS if not wanted.proofs or name in wanted.proofs]:
        with tempfile.TemporaryDirectory() as folder:
            outcome = PROOFS[proof](Path(folder), wanted)
        print(f"{proof}: {outcome.line()}", flush=True)
        held = held and not outcome.faults
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
