"""Attaching to a dossier what the scanner's program wrote, or what its owner handed in with an earlier one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from desk.clock import from_ms, office_day
from desk.rules.dossier import RESULT
from desk.words import N_, _
from screens import phrases
from screens.dialogs.choose import Choice, Choose
from screens.dialogs.choose_some import Choices, ChooseSome
from screens.dossier.attachments import AttachedFiles, Attachments
from screens.dossier.changing import procedure_of
from screens.widgets.documents import named
from screens.widgets.rows import Column

if TYPE_CHECKING:
    from desk.cases.reusing import Reusable
    from desk.cases.scanning import Scan
    from desk.rules.dossier import RequiredDocument
    from screens.base import DeskScreen
    from screens.dossier.opened import Opened
    from screens.seat import Seat

_WHY: Final = {
    "growing": N_("This file is still being written; open the list again in a moment."),
    "unfit": N_("By its content this file is no PDF, JPEG, PNG or TIFF; scan the paper anew."),
    "large": N_("This file is too large; scan it at 200 dots per inch or in several parts."),
    "unreadable": N_("This file cannot be read; look whether another program holds it."),
}
_SHORT: Final = {
    "growing": N_("being written"),
    "unfit": N_("no PDF or picture"),
    "large": N_("too large"),
    "unreadable": N_("cannot be read"),
}


async def show(screen: DeskScreen, seat: Seat, found: Opened) -> None:
    """Show the attachments, and attach more where the officer asks for it."""
    documents = await asyncio.to_thread(_documents, seat, found)
    names = {document.seq: named(document) for document in documents}
    rows = []
    for one in found.view.attachments:
        shown = _("the result") if one.is_result else names.get(one.document, "")
        where = "" if one.is_here else _("not on this machine")
        rows.append((one.name or "–", size_words(one.size), " · ".join(part for part in (where, shown) if part)))
    may_attach = found.may_write and not found.is_undone
    offered = await asyncio.to_thread(lambda: seat.services.reusing.offered(found.view.line.id))
    answer = await screen.ask(Attachments, AttachedFiles(found.view.line.code, rows, may_attach, len(offered)))
    if answer == "scanner":
        await _from_scanner(screen, seat, found, documents)
    elif answer == "earlier":
        await _from_earlier(screen, seat, found, offered, names)


def size_words(size: int) -> str:
    """Return a file's size in whole kilobytes of 1024 bytes, one at least."""
    return f"{max(1, round(size / 1024))} KB"


async def _from_scanner(screen: DeskScreen, seat: Seat, found: Opened, documents: tuple[RequiredDocument, ...]) -> None:
    scans = await asyncio.to_thread(lambda: seat.services.scanning.waiting())
    if not scans:
        screen.tell(N_("The scanner's folder holds no new file; scan the paper, then press A again."))
        return
    scans = tuple(sorted(scans, key=lambda scan: bool(scan.why)))  # what can be taken first, the newest of it on top
    chosen = await screen.ask(ChooseSome, _choices(scans, found))
    if chosen is None:
        return
    line = await _line(screen, found, documents, len(chosen))
    if line is None:
        screen.tell(N_("Nothing was attached; the files lie where they were."))
        return
    taken = await asyncio.to_thread(
        seat.services.scanning.attach, found.view.line.id, [scans[at] for at in chosen], seat.officer, line=line
    )
    await screen.look_again()
    if taken.left:
        said = N_("Files attached: {n}. Not moved, and still in the scanner's folder: {left}.")
        screen.tell(said, n=taken.files, left=taken.left)
    else:
        screen.tell_done(N_("Files attached: {n}; the scanner's folder keeps them under attached."), n=taken.files)


async def _from_earlier(
    screen: DeskScreen, seat: Seat, found: Opened, offered: tuple[Reusable, ...], names: dict[int, str]
) -> None:
    """Take over what the officer chooses of the owner's earlier papers: he knows which of them still hold good."""
    rows = [
        (
            one.attached.name or "–",
            names.get(one.line, ""),
            phrases.code_tail(one.code, seat.agency_code),
            phrases.day(office_day(from_ms(one.attached.at))),
        )
        for one in offered
    ]
    columns = (
        Column(N_("File")),
        Column(N_("Required document")),
        Column(N_("Dossier"), 12),
        Column(N_("Attached on"), 11),
    )
    choice = Choice(N_("Which papers of this owner still hold good for the dossier {code}?"), columns, rows)
    choice.facts["code"] = found.view.line.code
    chosen = await screen.ask(ChooseSome, Choices(choice))
    if chosen is None:
        return
    events = [offered[at].attached.event for at in chosen]
    taken = await asyncio.to_thread(seat.services.reusing.take_over, found.view.line.id, events, seat.officer)
    await screen.look_again()
    screen.tell_done(N_("Files taken over from earlier dossiers: {n}."), n=taken)


def _choices(scans: tuple[Scan, ...], found: Opened) -> Choices:
    rows = []
    for scan in scans:
        written = datetime.fromtimestamp(scan.written_ns / 1e9, UTC)
        why = _(_SHORT[scan.why]) if scan.why else ""
        rows.append((scan.path.name, size_words(scan.size), phrases.short_moment(written, found.now), why))
    columns = (
        Column(N_("File")),
        Column(N_("Size"), 9, right=True),
        Column(N_("Written"), 12),
        Column("", 18),
    )
    facts: dict[str, object] = {"code": found.view.line.code}
    choice = Choice(N_("Which files belong to the dossier {code}?"), columns, rows, facts)
    return Choices(choice, {at: _WHY[scan.why] for at, scan in enumerate(scans) if scan.why})


async def _line(screen: DeskScreen, found: Opened, documents: tuple[RequiredDocument, ...], files: int) -> int | None:
    """Return the number of the document that the files show, 0 for none of the list, RESULT; None for Esc.

    Of a resolved dossier the result stands first: it is what is scanned then.
    """
    offered = [(RESULT, _("the result"))] if found.has_result else []
    offered += [(document.seq, named(document)) for document in documents]
    if not offered:
        return 0
    offered.append((0, _("another paper, none of the list")))
    choice = Choice(
        N_("Which document are these files ({n})?"),
        (Column(N_("Required document")),),
        [(name,) for _number, name in offered],
        {"n": files},
    )
    at = await screen.ask(Choose, choice)
    return None if at is None else offered[at][0]


def _documents(seat: Seat, found: Opened) -> tuple[RequiredDocument, ...]:
    procedure = procedure_of(seat, found)
    return procedure.documents if procedure is not None else ()
