"""`desk center ...`: the server that the desks of a province send to; `--home` is its own folder here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk import wiring
from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment
from desk.errors.acts import DossierUnknown, UnitUnknown
from desk.errors.commands import CenterNotInstalled, UsageWrong
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the center
    from desk.rules.national_message import Named
    from desk.rules.reference.units import Unit
    from storage.center.center import Center
    from storage.tables.projected import DossierRow


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    center = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    center.command("serve", cls=DeskCommand, help=N_("Answer the desks until this process is stopped."))(serve)
    said = N_("Give out a one-time token by which one desk may join.")
    center.command("token", cls=DeskCommand, help=said)(token)
    said = N_("Take the trust from a desk's key: what it sends from now on is only set aside.")
    center.command("revoke", cls=DeskCommand, help=said)(revoke)
    center.command("rebuild", cls=DeskCommand, help=N_("Make what follows from the desks' logs anew."))(rebuild)
    said = N_("Write a checked copy of the center's data to a file, while it serves.")
    center.command("backup", cls=DeskCommand, help=said)(backup)
    said = N_("Make a center in an empty folder from such a copy.")
    center.command("restore", cls=DeskCommand, help=said)(restore)
    bundle = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    said = N_("Take what desks sent by stick and write one reply for all of them.")
    bundle.command("import", cls=DeskCommand, help=said)(take_bundle)
    center.add_typer(bundle, name="bundle", help=N_("The exchange with desks by stick."))
    center.command("national", cls=DeskCommand, help=N_("Write what the national portal has not had yet, as JSON."))(
        national
    )
    said = N_("Give a lead the token by which he signs in to the center's work queue.")
    center.command("lead", cls=DeskCommand, help=said)(lead)
    app.add_typer(center, name="center", help=COMMANDS["center"].said)


def serve(
    ctx: typer.Context,
    db: Annotated[
        str, typer.Option("--db", metavar="URL", help=N_("postgresql://...; it is kept. Else an SQLite file."))
    ] = "",
    host: Annotated[str, typer.Option("--host", metavar="H", help=N_("The address to listen at."))] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="P", min=0, max=65_535, help=N_("The port, 0 for a free one."))
    ] = 8470,
    cert: Annotated[str, typer.Option("--cert", metavar="FILE", help=N_("A certificate (PEM), for HTTPS."))] = "",
    key: Annotated[str, typer.Option("--key", metavar="FILE", help=N_("Its key (PEM)."))] = "",
) -> Answer:
    """Serve until SIGTERM or Ctrl+C."""
    desk: AtDesk = ctx.obj
    if key and not cert:
        raise UsageWrong(cause=_("--key belongs to --cert."), command="desk center serve")
    with _opened(desk, db) as center, _installed():
        # the HTTP server: an extra that a desk does not have
        from storage.center.serve import serve as serve_center

        serve_center(
            center,
            desk.voice.out,
            host=host,
            port=port,
            cert=Path(cert) if cert else None,
            key=Path(key) if key else None,
            unit_name=_names(),
        )
    return Answer({"stopped": True}, [])


def token(
    ctx: typer.Context,
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help=N_("The unit whose desk may join."))],
    slot: Annotated[int, typer.Option("--slot", metavar="N", help=N_("Its slot: which machine of the unit."))],
) -> Answer:
    """Make one token."""
    desk: AtDesk = ctx.obj
    _check_unit(unit)
    with _opened(desk) as center:
        made = center.make_token(unit, slot)
    said = _("Good once, until {at}.").format(at=moment(made.expires_at))
    return Answer({"token": made.token, "expires_at": iso(made.expires_at)}, [made.token, said])


def take_bundle(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=N_("Files, or the folder of the stick."))],
    reply: Annotated[str, typer.Option("--reply", metavar="FILE", help=N_("Where the reply to the desks goes."))],
) -> Answer:
    """Take bundles, answer them."""
    # the age files: paid by this command only
    from storage import bundle
    from storage.center import sticks

    desk: AtDesk = ctx.obj
    with _opened(desk) as center:
        taken = sticks.take(center, bundle.read([Path(file) for file in files]), bundle.room_for(Path(reply)))
        bundle.write(Path(reply), taken.replies)
    missing = [{"from": one.sender, "part": one.number} for one in taken.missing]
    value = {
        "events": taken.events,
        "parts": taken.parts,
        "desks": taken.desks,
        "for_others": taken.for_others,
        "refused": taken.refused,
        "missing": missing,
        "files": taken.files,
    }
    said = _(
        "{events} new events of {desks} desks in {parts} parts. The reply is in {file}; take it back to the desks."
    )
    lines = [said.format(events=taken.events, desks=len(taken.desks), parts=taken.parts, file=reply)]
    if taken.files:
        lines.append(_("Attached files that came along and are whole here: {files}.").format(files=taken.files))
    if missing or taken.refused:
        torn = _("{count} parts were torn or not taken; nothing is lost: the desks' next export brings them again.")
        lines.append(torn.format(count=len(missing) + len(taken.refused)))
    return Answer(value, lines)


def lead(
    ctx: typer.Context,
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help=N_("The unit he leads; without it all."))] = "",
    days: Annotated[int, typer.Option("--days", metavar="N", min=1, max=90, help=N_("How long it is good."))] = 30,
    end: Annotated[
        bool, typer.Option("--end-earlier", help=N_("First end every token given to leads so far."))
    ] = False,
) -> Answer:
    """Make one token for a lead."""
    desk: AtDesk = ctx.obj
    if unit:
        _check_unit(unit)
    with _opened(desk) as center:
        if end:
            center.end_lead_tokens()
        made = center.make_lead_token(unit, days)
    said = _("Good until {at}, at the center's page /lead.").format(at=moment(made.expires_at))
    return Answer({"token": made.token, "expires_at": iso(made.expires_at)}, [made.token, said])


def revoke(
    ctx: typer.Context,
    which: Annotated[str, typer.Argument(metavar="DESK", help=N_("The desk's id."))],
) -> Answer:
    """Revoke one desk."""
    desk: AtDesk = ctx.obj
    with _opened(desk) as center:
        since = center.revoke(which)
    said = _("Desk {desk} is not trusted since {at}: its slot is free, its later papers are not genuine.")
    return Answer({"desk": which, "revoked_at": iso(since)}, [said.format(desk=which[:64], at=moment(since))])


def rebuild(ctx: typer.Context) -> Answer:
    """Rebuild and compare."""
    desk: AtDesk = ctx.obj
    with _opened(desk) as center:
        done = center.rebuild()
    said = _("Everything was as the logs say.") if done.same else _("What differed is now as the logs say:")
    value = {"same": done.same, "differences": done.differences}
    return Answer(value, [said, *(f"  {one}" for one in done.differences)])


def backup(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The file of the copy."))]
) -> Answer:
    """Copy and check."""
    desk: AtDesk = ctx.obj
    with _opened(desk) as center:
        from storage.center.backup import back_up
        from storage.center.opening import attachments_of

        attachments = attachments_of(wiring.center_folder(desk.home_said, desk.environment))
        made = back_up(center.store, attachments, Path(file))
    said = _(
        "{file}: {events} events and {files} attached files, checked. "
        "Keep the key of the center in another place; it is not in the copy."
    )
    value = {"file": file, "events": made.position, "bytes": made.bytes, "files": made.files, "altered": made.missing}
    lines = [said.format(file=file, events=made.position, files=made.files)]
    if made.missing:
        left = _(
            "Attached files altered on this disk and left out: {count}. The desks that have them bring them again."
        )
        lines.append(left.format(count=made.missing))
    return Answer(value, lines)


def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The file of the copy."))] = "",
    db: Annotated[
        str, typer.Option("--db", metavar="URL", help=N_("postgresql://... of an empty database to restore to."))
    ] = "",
    moved_back: Annotated[
        bool,
        typer.Option("--moved-back", help=N_("No FILE: the server of PostgreSQL was itself brought back in time.")),
    ] = False,
) -> Answer:
    """Make a center from a copy, or say that its server is a copy now."""
    desk: AtDesk = ctx.obj
    if bool(file) == moved_back or (db and moved_back):
        raise UsageWrong(cause=_("Give a FILE or --moved-back."), command="desk center restore")
    if moved_back:
        with _opened(desk) as center:
            from storage.center.backup import Copied, begin_anew

            made = Copied(begin_anew(center.store, center.chance), 0)
    else:
        folder = wiring.center_folder(desk.home_said, desk.environment)
        with _installed():
            made = wiring.restore_center(folder, desk.around, Path(file), db or None)
    said = _(
        "{events} events and {files} attached files are back. "
        "Start the center: the desks send again what came after the copy."
    )
    lines = [said.format(events=made.position, files=made.files)]
    if made.missing:
        lacks = _("Attached files that are not here: {count}. Each desk that has one brings it again.")
        lines.append(lacks.format(count=made.missing))
    value = {"events": made.position, "bytes": made.bytes, "files": made.files, "missing_files": made.missing}
    return Answer(value, lines)


def national(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help=N_("Where the files are put, one a batch."))] = "",
    code: Annotated[str, typer.Option("--code", metavar="CODE", help=N_("Show one dossier's message instead."))] = "",
) -> Answer:
    """Deliver what waits to a folder, or show one message."""
    desk: AtDesk = ctx.obj
    if bool(folder) == bool(code):
        raise UsageWrong(cause=_("Give a FOLDER or --code."), command="desk center national")
    with _opened(desk) as center, _installed():
        # SQLModel: with the center
        from storage.center import national as queue

        if code:
            with center.store.reading() as session:
                found = queue.by_code(session, code.strip().upper(), _national_names())
            if found is None:
                raise DossierUnknown(code=code[:40])
            return Answer(found, [json.dumps(found, ensure_ascii=False, indent=1)])
        portal = queue.Folder(Path(folder))
        done = queue.deliver(center, portal, _national_names())
    files = [str(file) for file in portal.files]
    value = {"messages": done.messages, "unreadable": done.unreadable, "files": files}
    said = _("{n} messages in {files} files.").format(n=done.messages, files=len(files))
    left = [_("Not readable: {dossier}").format(dossier=one) for one in done.unreadable]
    return Answer(value, [said, *files, *left])


@contextmanager
def _opened(desk: AtDesk, db: str = "") -> Iterator[Center]:
    """Yield the center of the folder, closed at the end."""
    folder = wiring.center_folder(desk.home_said, desk.environment)
    with _installed():
        center = wiring.open_center(folder, desk.around, db or None)
    # Only now: a folder that cannot be made has no place for notes.
    from desk import diagnostics

    diagnostics.begin(folder)
    if desk.around.clock_text:
        desk.voice.note(_("Note: the center's clock stands where DESK_CLOCK says; for tests only."))
    try:
        yield center
    finally:
        center.close()


@contextmanager
def _installed() -> Iterator[None]:
    """Say in words that the extra `center` is not installed; raises CenterNotInstalled."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise CenterNotInstalled(module=error.name or "?") from error


def _check_unit(unit: str) -> None:
    """Raise UnitUnknown, with the nearest codes, for a unit that is not in the list."""
    known = [one.id for one in _units()]
    if unit not in known:
        near = [one for one in known if one.startswith(unit[:3])][:3] or known[:3]
        raise UnitUnknown(unit=unit[:40], nearest=", ".join(near))


def _units() -> list[Unit]:
    from desk.rules.reference.units import parse_units

    return list(parse_units(wiring.reference_texts()["units"]))


def _national_names() -> Callable[[DossierRow], Named]:
    """Return how a dossier's codes are said in the national message."""
    from desk.rules.national_message import Named
    from desk.rules.reference.catalogue import parse_catalogue

    procedures = {one.code: one for one in parse_catalogue(wiring.reference_texts()["catalogue"])}
    unit_name = _names()

    def named(row: DossierRow) -> Named:
        units = {"unit": unit_name(row.unit), "holder": unit_name(row.holder or row.competent_unit or row.unit)}
        one = procedures.get(row.procedure)
        if one is None:
            return Named(**units)
        return Named(one.name_vi, one.sector_code, one.field_vi, one.result_vi, one.result_code, **units)

    return named


def _names() -> Callable[[str], str]:
    """Return what names a unit for citizens, its code where it is not known."""
    names = {one.id: one.center_vi or one.name_vi for one in _units()}
    return lambda unit: names.get(unit, unit)
