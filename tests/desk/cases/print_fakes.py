"""Printers that are not there, a program that dies, and what the tests of the print queue ask again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.cases.form_input import form_of
from desk.cases.papers import MadePaper, Papers
from desk.errors.printing import PrinterRefused, PrinterSilent
from receipts.printing import Failed, Handed, Outcome, Unknown
from storage.queries import events as log
from tests.desk.cases.conftest import Office
from tests.homes import birth


@dataclass
class FakePrinter:
    """Keeps what it was handed; `does` decides how each hand-over ends."""

    name: str = "A"
    does: Callable[[str], Outcome] = lambda job: Handed()
    sheets: list[str] = field(default_factory=list)
    """The jobs whose paper came out."""

    def hand(self, job_id: str, paper: Path) -> Outcome:
        assert paper.is_file()
        outcome = self.does(job_id)
        if isinstance(outcome, Handed):
            self.sheets.append(job_id)
        return outcome


@dataclass
class TracingPrinter(FakePrinter):
    """One whose queue remembers."""

    def has(self, job_id: str) -> bool:
        return job_id in self.sheets


@dataclass
class ReceiptFake(FakePrinter):
    """One that takes slips in short form."""

    width_mm: Any = 80
    takes: str = ".escpos"


class Died(BaseException):
    """The program is gone at this point."""


def with_printer(office: Office, printer: FakePrinter, receipt: ReceiptFake | None = None) -> Papers:
    return Papers(office.services.context, printer, receipt)


def made(office: Office, papers: Papers, number: int = 1) -> MadePaper:
    saved = office.services.intake.accept(form_of(birth(number)), office.officer)
    return papers.make(saved.dossier, "slip", office.officer)


def state_of(papers: Papers, job: str) -> str:
    return next(line.state for line in papers.jobs() if line.id == job)


def told(office: Office) -> list[str]:
    with office.services.context.store.reading() as session:
        desk = office.services.context.settings.desk
        kinds = ("paper.handed", "paper.confirmed", "paper.failed", "paper.unknown")
        return [event.head.kind for event in log.of_kinds(session, desk, kinds)]


def refused(job: str) -> Outcome:
    return Failed(PrinterRefused(printer="A", said_by_it="x"))


def silent(job: str) -> Outcome:
    return Unknown(PrinterSilent(printer="A", seconds=2))


def dying(job: str) -> Outcome:
    raise Died
