"""`desk check`, `desk rebuild`, `desk simulate`: looking after a home, and filling one for tests."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk import wiring
from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import day_of
from desk.errors.acts import PeriodWrong
from desk.errors.base import DeskError
from desk.errors.causes import cause_of
from desk.errors.commands import UsageWrong
from desk.errors.store import FileUnreadable, NoHome
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the home
    from desk.cases.checking import Finding

_SCREEN = (80, 23)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("check", cls=DeskCommand, help=COMMANDS["check"].said)(check)
    app.command("rebuild", cls=DeskCommand, help=COMMANDS["rebuild"].said)(rebuild)
    app.command("simulate", cls=DeskCommand, help=COMMANDS["simulate"].said)(simulate)


def check(
    ctx: typer.Context,
    repair: Annotated[
        bool,
        typer.Option("--repair", help=N_("Also make anew what follows from the log, and missing slips and files.")),
    ] = False,
    backup: Annotated[
        bool,
        typer.Option("--backup", help=N_("Also bring the newest backup back into a scratch folder and compare.")),
    ] = False,
) -> Answer:
    """Look at everything; a home that cannot be opened is a finding too."""
    # the case: with SQLModel
    from desk.cases.checking import unopened

    desk: AtDesk = ctx.obj
    try:
        services = desk.services
    except NoHome:
        raise
    except DeskError as error:
        return _findings([*unopened(error), _terminal()])
    if repair:
        services.checking.rebuild()
        services.syncing.look_at_files_anew()
        desk.make_missing()
    return _findings([*services.checking.all(rehearse=backup), _terminal()])


def _findings(found: list[Finding]) -> Answer:
    value = [{"id": one.id, "ok": one.ok, "said": one.said, "do": one.do} for one in found]
    lines = [f"{'+' if one.ok else '!'} {one.id}: {one.said} {one.do}".rstrip() for one in found]
    return Answer(value, lines)


def _terminal() -> Finding:
    """Return whether the screens could be shown here."""
    from desk.cases.checking import Finding

    if not sys.stdout.isatty():
        return Finding("terminal", True, _("No terminal is attached to this command."))
    size = os.get_terminal_size(sys.stdout.fileno())
    said = _("The terminal has {columns} columns and {lines} lines.").format(columns=size.columns, lines=size.lines)
    if size.columns < _SCREEN[0] or size.lines < _SCREEN[1]:
        return Finding("terminal", False, said, _("Make it at least 80 by 23."))
    if os.environ.get("TERM") == "linux":
        return Finding("terminal", True, said, _("For every Vietnamese letter: setfont Vietnamese-Fixed16"))
    return Finding("terminal", True, said)


def rebuild(ctx: typer.Context) -> Answer:
    """Rebuild and compare."""
    desk: AtDesk = ctx.obj
    done = desk.services.checking.rebuild()
    said = _("Everything was as the log says.") if done.same else _("What differed is now as the log says:")
    return Answer(
        {"same": done.same, "differences": done.differences}, [said, *(f"  {one}" for one in done.differences)]
    )


def simulate(
    ctx: typer.Context,
    dossiers: Annotated[int, typer.Option("--dossiers", metavar="N", min=1, max=1_000_000, help=N_("How many."))],
    seed: Annotated[int, typer.Option("--seed", metavar="N", help=N_("The same seed invents the same."))],
    from_day: Annotated[str, typer.Option("--from", metavar="DAY", help=N_("The first day."))] = "",
    to_day: Annotated[str, typer.Option("--to", metavar="DAY", help=N_("The last day."))] = "",
    truth: Annotated[
        str, typer.Option("--truth", metavar="FILE", help=N_("Where to write what was invented, as JSON lines."))
    ] = "",
) -> Answer:
    """Invent dossiers and their histories."""
    from desk.cases.simulating import Wanted

    desk: AtDesk = ctx.obj
    if bool(from_day) != bool(to_day):
        raise UsageWrong(cause=_("--from and --to belong together."), command="desk simulate")
    first, last = (day_of(from_day), day_of(to_day)) if from_day else (None, None)
    if first is not None and last is not None and last < first:
        raise PeriodWrong(first=from_day, last=to_day)
    simulating = wiring.simulating(desk.services)
    try:
        file = Path(truth).open("w", encoding="utf-8", newline="\n") if truth else None  # noqa: SIM115  # closed below
    except OSError as error:
        raise FileUnreadable(file=Path(truth).name[:80], cause=cause_of(error)) from error
    with file if file is not None else nullcontext():
        write = None if file is None else lambda line: file.write(f"{line}\n")
        done = simulating.run(Wanted(dossiers, seed, first, last), write)
    value = {
        "from": done.from_day.isoformat(),
        "to": done.to_day.isoformat(),
        "dossiers": done.dossiers,
        "events": done.events,
        "surveys": done.surveys,
    }
    said = _("{dossiers} dossiers from {first} to {last}: {events} events, {surveys} survey forms.")
    return Answer(value, [said.format(first=f"{done.from_day:%d/%m/%Y}", last=f"{done.to_day:%d/%m/%Y}", **value)])
