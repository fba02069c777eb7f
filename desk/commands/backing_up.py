"""`desk backup` and `desk restore`: a proved backup of the home, and a home brought back from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.clock import from_ms
from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the restore
    from desk.restoring import Restored
    from storage.backups.restoring import Place


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("backup", cls=DeskCommand, help=COMMANDS["backup"].said)(backup)
    app.command("restore", cls=DeskCommand, help=COMMANDS["restore"].said)(restore)


def backup(
    ctx: typer.Context,
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR", help=N_("Where to put it, best on another drive.")),
    ] = "",
) -> Answer:
    """Make one, prove it, keep the right ones."""
    desk: AtDesk = ctx.obj
    made = desk.services.backups.make(Path(folder).expanduser() if folder else None)
    value = {
        "file": str(made.path),
        "made_at": iso(from_ms(made.said.made_at)),
        "events": made.said.events,
        "dossiers": made.said.dossiers,
        "bytes": made.bytes,
        "attachments": {
            "copied": made.attachments.fresh,
            "there": made.attachments.there,
            "altered": made.attachments.altered,
        },
        "deleted": made.thinned,
        "same_disk": made.same_disk,
    }
    said = _("{file}: {dossiers} dossiers, {events} events, {kb} KB; read back and proved.")
    lines = [said.format(file=made.path, dossiers=made.said.dossiers, events=made.said.events, kb=made.bytes >> 10)]
    if made.attachments.altered:
        lines.append(
            _("{n} attached files are damaged and were not copied; `desk check`.").format(n=made.attachments.altered)
        )
    if made.same_disk:
        lines.append(
            _("It lies on the same disk as the data and does not outlive that disk: name a folder on another drive.")
        )
    lines.append(_("The key of this desk is not in it: keep a copy of the key in another place."))
    return Answer(value, lines)


_BY_HAND = {
    "reference.imported": N_("Import again what was imported since the backup: `desk import`."),
    "calendar.changed": N_("Set the office hours again: `desk calendar set FILE`."),
    "officer.added": N_("Give officers who came since the backup their PIN again."),
}
_SHOWN = 50


def restore(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=N_("The backup, or a folder: then the newest of this desk."))
    ],
    over_newer: Annotated[
        bool, typer.Option("--over-newer", help=N_("Also where the data folder is whole and holds more."))
    ] = False,
) -> Answer:
    """Bring the home back; what was there is kept aside."""
    from desk.restoring import restore as bring_back

    desk: AtDesk = ctx.obj
    done = bring_back(desk.around, Path(file).expanduser(), over_newer=over_newer)
    prepared = done.prepared
    value = {
        "file": str(done.file),
        "made_at": iso(from_ms(prepared.said.made_at)),
        "dossiers": prepared.dossiers,
        "epoch": prepared.tail.epoch,
        "seq": prepared.tail.seq,
        "replayed": prepared.replayed,
        "at_center": [_place(one) for one in prepared.at_center],
        "lost": [_place(one) for one in prepared.lost],
        "by_hand": prepared.by_hand,
        "attachments": {"brought": done.files.fresh, "there": done.files.there, "missing": done.files.altered},
        "aside": None if done.aside is None else str(done.aside),
        "key": done.has_key,
    }
    return Answer(value, _said(done))


def _place(one: Place) -> dict[str, Any]:
    at = None if one.at_ms is None else iso(from_ms(one.at_ms))
    return {"epoch": one.epoch, "seq": one.seq, "kind": one.kind, "code": one.code, "dossier": one.dossier, "at": at}


def _said(done: Restored) -> list[str]:
    prepared = done.prepared
    at = moment(from_ms(prepared.said.made_at))
    said = _("Brought back from {file} of {at}: {dossiers} dossiers.")
    lines = [said.format(file=done.file.name, at=at, dossiers=prepared.dossiers)]
    if prepared.replayed:
        said = _("{n} events after the backup came from what this machine still had.")
        lines.append(said.format(n=prepared.replayed))
    if prepared.at_center:
        said = _("{n} events are only at the center: they come back with the next exchange.")
        lines.append(said.format(n=len(prepared.at_center)))
    lines += _losses(prepared.lost)
    if done.files.altered:
        said = _("{n} attached files are not here; the center or `desk attach` brings them back.")
        lines.append(said.format(n=done.files.altered))
    lines += [_(_BY_HAND[kind]) for kind in prepared.by_hand]
    if done.aside is not None:
        lines.append(_("What was here is kept in {folder}.").format(folder=done.aside))
    if not done.has_key:
        lines.append(_("The key of this desk is not on this machine; reading works, writing does not."))
    lines.append(_("Before the next act a new series of numbers begins, 20 higher, so that no number is given twice."))
    return lines


def _losses(lost: list[Place]) -> list[str]:
    """Return what is lost, one line an event as far as it is known."""
    if not lost:
        return [_("Nothing is known to be missing beyond that.")]
    lines = [_("NOT brought back, {n} events:").format(n=len(lost))]
    for one in lost[:_SHOWN]:
        at = moment(None if one.at_ms is None else from_ms(one.at_ms))
        lines.append(f"  {one.epoch}/{one.seq}  {at}  {one.kind or '?'}  {one.code or one.dossier or ''}".rstrip())
    if len(lost) > _SHOWN:
        lines.append(_("  and {n} more; `desk --json restore` names them all.").format(n=len(lost) - _SHOWN))
    return lines
