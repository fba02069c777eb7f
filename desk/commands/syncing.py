"""`desk enrol`, `desk sync`: joining a center, exchanging with it, saying where that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment
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


def enrol(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help=N_("The center's address."))],
    token: Annotated[str, typer.Argument(metavar="TOKEN", help=N_("The one-time token that the center gave out."))],
) -> Answer:
    """Join a center."""
    desk: AtDesk = ctx.obj
    services = desk.services
    joined = services.syncing.enrol(url, token, desk.officer().id)
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
        _("Not sent yet: {count} events, the oldest of {at}.").format(
            count=found.unsent, at=moment(found.oldest_unsent_at)
        ),
        _("Last exchange: {at}.").format(at=moment(found.last_exchange_at)),
    ]
    if found.quarantined:
        lines.append(_("Set aside at the center: {count} events.").format(count=len(found.quarantined)))
    return Answer(value, lines)
