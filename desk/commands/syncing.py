"""`desk enrol`, `desk sync`, `desk bundle`: joining a center, exchanging with it, saying where that stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment
from desk.errors.commands import UsageWrong
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the home
    from storage.sync.state import SyncStatus


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("enrol", cls=DeskCommand, help=COMMANDS["enrol"].said)(enrol)
    sync = typer.Typer(cls=DeskGroup, invoke_without_command=True, rich_markup_mode=None)
    sync.callback(help=COMMANDS["sync"].said)(exchange)
    sync.command("status", cls=DeskCommand, help=N_("Say where the exchange stands, without any network."))(status)
    app.add_typer(sync, name="sync")
    bundle = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    said = N_("Write what the center lacks into a locked file.")
    bundle.command("export", cls=DeskCommand, help=said)(export)
    said = N_("Take the center's reply from a file or a whole stick.")
    bundle.command("import", cls=DeskCommand, help=said)(take_reply)
    app.add_typer(bundle, name="bundle", help=COMMANDS["bundle"].said)


def enrol(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help=N_("The center's address."))],
    token: Annotated[str, typer.Argument(metavar="TOKEN", help=N_("The one-time token that the center gave out."))],
    request: Annotated[
        str, typer.Option("--request", metavar="FILE", help=N_("Without a network: write the request to this file."))
    ] = "",
    reply: Annotated[
        str, typer.Option("--reply", metavar="FILE", help=N_("Without a network: join by the center's reply."))
    ] = "",
    ca: Annotated[
        str,
        typer.Option(
            "--ca", metavar="FILE", help=N_("Certificate (PEM) of the one authority to believe about the center.")
        ),
    ] = "",
) -> Answer:
    """Join a center, over the network or by a file that is carried there and one that comes back."""
    desk: AtDesk = ctx.obj
    if request and reply:
        raise UsageWrong(cause=_("--request comes first, --reply when the stick is back."), command="desk enrol")
    syncing = desk.services.syncing
    officer = desk.officer().id
    if ca:
        syncing.pin(Path(ca))
    if request:
        syncing.ask_to_join(url, token, Path(request))
        said = _("The request is in {file}. It holds the token: give the stick only to the center's people.")
        return Answer({"file": request}, [said.format(file=request)])
    joined = syncing.join_by(url, token, Path(reply), officer) if reply else syncing.enrol(url, token, officer)
    said = _("This desk has joined the center {url} as slot {slot}.")
    value = {"desk": joined.desk, "center": joined.center, "slot": joined.slot, "tracking_url": joined.tracking_url}
    return Answer(value, [said.format(url=joined.url, slot=joined.slot)])


def exchange(
    ctx: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help=N_("Exchange one time and end; without it the same, for now."))
    ] = False,
) -> Answer | None:
    """Exchange until the center has everything; with a subcommand, leave it the word."""
    del once
    if ctx.invoked_subcommand is not None:
        return None
    desk: AtDesk = ctx.obj
    desk.services.syncing.once()
    return _status(desk.services.syncing.status())


def status(ctx: typer.Context) -> Answer:
    """Say where it stands."""
    desk: AtDesk = ctx.obj
    return _status(desk.services.syncing.status())


def export(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The file to write, on the stick."))],
) -> Answer:
    """Write what the center lacks."""
    desk: AtDesk = ctx.obj
    written = desk.services.syncing.export(Path(file))
    said = _("{events} events in {parts} parts. This desk keeps them until the center's reply says they arrived.")
    value = {
        "events": written.events,
        "parts": len(written.parts),
        "files": written.files,
        "files_left": written.files_left,
    }
    lines = [said.format(events=written.events, parts=len(written.parts))]
    if written.files:
        lines.append(_("Attached files that go along: {files}.").format(files=written.files))
    if written.files_left:
        left = _("Attached files for which there was no room: {files}. They go with the next stick, or a larger one.")
        lines.append(left.format(files=written.files_left))
    return Answer(value, lines)


def take_reply(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=N_("Files, or the folder of the stick."))],
) -> Answer:
    """Take the center's answers."""
    desk: AtDesk = ctx.obj
    taken = desk.services.syncing.take_reply([Path(file) for file in files])
    status = _status(desk.services.syncing.status())
    value = {
        "events": taken.confirmed,
        "parts": taken.answers,
        "taken": taken.taken,
        "files": taken.files,
        "files_taken": taken.files_taken,
        **status.value,
    }
    lines = [_("Events that arrived at the center: {events}.").format(events=taken.confirmed)]
    if taken.taken:
        lines.append(_("Events of other desks that came with the reply: {events}.").format(events=taken.taken))
    if taken.files:
        lines.append(_("Attached files that arrived at the center: {files}.").format(files=taken.files))
    if taken.files_taken:
        others = _("Attached files of other desks that came with the reply: {files}.")
        lines.append(others.format(files=taken.files_taken))
    return Answer(value, [*lines, *status.lines])


_LINKS = {
    "none": N_("This desk has joined no center; it works alone."),
    "new": N_("Joined; the center was not spoken with yet."),
    "up": N_("The center answers."),
    "down": N_("The center could not be reached at the last try."),
}


def _status(found: SyncStatus) -> Answer:
    value = {
        "link": found.link,
        "unsent": found.unsent,
        "oldest_unsent_at": iso(found.oldest_unsent_at),
        "last_exchange_at": iso(found.last_exchange_at),
        "have": found.have,
        "quarantined": found.quarantined,
        "last_failure": found.last_failure or None,
    }
    lines = [
        _(_LINKS[found.link]),
        _("Events not sent yet: {count}, the oldest of {at}.").format(
            count=found.unsent, at=moment(found.oldest_unsent_at)
        ),
        _("Last exchange: {at}.").format(at=moment(found.last_exchange_at)),
    ]
    if found.quarantined:
        lines.append(_("Events set aside at the center: {count}.").format(count=len(found.quarantined)))
    return Answer(value, lines)
