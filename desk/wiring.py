"""The only place that puts parts together: a real desk, a practice desk, and what tests need of them.

Practice and real wiring differ in what they pass in: the clock, the printer, the exchange with the center.
No rule, case or screen asks which of the two it is in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desk import settings, swapping
from desk.clock import Chance, Clock, chance, standing_clock, system_clock, to_ms
from desk.errors.causes import cause_of
from desk.errors.store import ClockRefused, HomeExists, HomeUnreadable, RealHomeRefused, SettingsWrong
from desk.settings import Settings
from desk.version import VERSION
from desk.words import _

if TYPE_CHECKING:  # these load SQL, keys and drawing: paid by the functions that need them
    from desk.cases.context import Context
    from desk.cases.devices import Connected
    from desk.cases.services import Services
    from desk.cases.simulating import Simulating
    from desk.cases.syncing import Line
    from desk.keys import SigningKey
    from desk.rules.calendar import Calendar
    from receipts.printing import Printer
    from receipts.thermal.address import ReceiptPrinter
    from storage.center.backup import Copied
    from storage.center.center import Center
    from storage.store import Store

APP: Final = f"motcua-desk {VERSION}"
DATABASE: Final = "desk.db"
CLOCK_FILE: Final = "clock.txt"
"""In a practice home: by how many seconds practice's clock runs ahead of the machine's."""

FOLDER: Final = "folder:"
"""Before the folder into which papers are put, where the settings name one as the printer."""
PRINTER_FILE: Final = "printer.txt"
"""In a practice home: what is wrong with the printer (paper, dead, hanging)."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the process was started with: folders and the environment's answers."""

    home: Path
    keys: Path
    """Where the keys of real desks lie, never inside a home."""
    clock_text: str = ""
    """DESK_CLOCK."""

    @classmethod
    def of(cls, home: str | None, environment: Mapping[str, str] = os.environ) -> Surroundings:
        """Return the surroundings named by --home, DESK_HOME, DESK_KEYS and DESK_CLOCK, else the platform's."""
        # platformdirs: a few milliseconds, needed only to find a folder nobody named
        from platformdirs import user_config_path, user_data_path

        folder = home or environment.get("DESK_HOME") or str(user_data_path("desk", appauthor=False))
        keys = environment.get("DESK_KEYS") or str(user_config_path("desk", appauthor=False) / "keys")
        return cls(Path(folder).expanduser().absolute(), Path(keys).expanduser(), environment.get("DESK_CLOCK", ""))


def is_home(folder: Path) -> bool:
    """Return whether `folder` holds a desk, or one that a restore cut off half-way brings; raises HomeUnreadable."""
    try:
        return (folder / settings.FILE_NAME).is_file() or (folder / swapping.MARK).exists()
    except OSError as error:
        raise HomeUnreadable(cause=type(error).__name__) from error


def refuse_real(home: Path) -> None:
    """Return if practice may use `home`: it is empty, missing or a practice home; raises RealHomeRefused."""
    if is_home(home):
        if settings.load(home).kind != "practice":
            raise RealHomeRefused()
    elif home.exists() and any(home.iterdir()):
        raise RealHomeRefused()


def keys_folder(around: Surroundings, found: Settings) -> Path:
    """Return where the desk's key lies: a practice desk keeps its own inside its sandbox."""
    return around.home / "keys" if found.kind == "practice" else around.keys


def clock_of(around: Surroundings, found: Settings) -> Clock:
    """Return the clock of a home; raises ClockRefused where DESK_CLOCK may not be used or is no instant."""
    if not around.clock_text:
        return _practice_clock(around.home) if found.kind == "practice" else system_clock
    if found.kind != "practice" and not found.allow_test_clock:
        raise ClockRefused(cause=_("a real desk"))
    return _standing(around.clock_text)


def _standing(text: str) -> Clock:
    """Return the clock that stands at `text`, or at what its file says; raises ClockRefused."""
    try:
        clock = standing_clock(text)
        clock()
    except (OSError, ValueError) as error:
        raise ClockRefused(cause=str(error)[:80]) from error
    return clock


def _practice_clock(home: Path) -> Clock:
    """Return practice's clock: the machine's, moved as the practice menu says (read at each look)."""
    # practice only
    from desk.cases.sandbox import seconds_ahead

    return lambda: system_clock() + timedelta(seconds=seconds_ahead(home))


def reference_texts() -> dict[str, str]:
    """Return the shipped reference files by the kind they are imported as."""
    from sample_data.shipped import REFERENCE_KINDS, shipped_text

    return {kind: shipped_text(kind) for kind in REFERENCE_KINDS}


@dataclass(frozen=True, slots=True)
class NewHome:
    """What a home is made with."""

    unit: str
    agency_code: str
    slot: int
    officer: str
    pin: str
    language: str = "vi"
    allow_test_clock: bool = False
    practice: bool = False


def make_home(around: Surroundings, new: NewHome) -> Settings:
    """Make the home of a desk and its key; returns its settings.

    Raises HomeExists and every fault of what was asked before anything is written. The settings are written
    last: only a folder that has them is a home, so an interrupted set-up is simply done again.
    """
    # the store and its tables: paid by the set-up only
    from desk.cases import setup

    if is_home(around.home):
        raise HomeExists()
    wanted = setup.Wanted(new.unit, new.agency_code, new.slot, new.officer, new.pin)
    texts = reference_texts()
    setup.check(wanted, texts)
    found = Settings(
        desk="", unit=new.unit, kind="practice" if new.practice else "real", allow_test_clock=new.allow_test_clock
    )
    clock = clock_of(around, found)
    source = chance(clock)
    found = settings.changed(found, desk=source.new_id(), language=new.language)
    try:
        around.home.mkdir(parents=True, exist_ok=True)
        for leftover in ("mirror", "papers"):
            shutil.rmtree(around.home / leftover, ignore_errors=True)
        for leftover in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (around.home / leftover).unlink(missing_ok=True)
        key = _make_keys(keys_folder(around, found), found.desk)
        found = settings.changed(found, identity=_identity(found.desk, key, clock))
        context = _context(around, found, clock, source)
        try:
            setup.open_desk(context, wanted, texts, APP)
        finally:
            context.store.close()
        _write_settings(around.home, found)
    except OSError as error:
        raise HomeUnreadable(cause=cause_of(error)) from error
    return found


def _make_keys(folder: Path, desk: str) -> SigningKey:
    # cryptography: paid by what signs
    import secrets

    from desk.keys import SigningKey, keep_key, keep_secret

    key = SigningKey.make(secrets.token_bytes(32))
    keep_key(folder / f"{desk}.key", key)
    keep_secret(folder / f"{desk}.salt", secrets.token_hex(32))
    return key


def _identity(desk: str, key: SigningKey, clock: Clock) -> str:
    from storage.wire import identity_message, identity_record

    made_at = to_ms(clock())
    return identity_record(desk, key.public, made_at, key.sign(identity_message(desk, key.public, made_at))).decode()


def _write_settings(home: Path, found: Settings) -> None:
    with (home / settings.FILE_NAME).open("x", encoding="utf-8") as file:
        file.write(settings.written(found))
        file.flush()
        os.fsync(file.fileno())


def _context(around: Surroundings, found: Settings, clock: Clock, source: Chance) -> Context:
    # SQLModel: paid after the first paint, or by the command that reads or writes
    from desk.cases.context import Context
    from desk.cases.reference import Reference
    from desk.keys import load_key
    from storage.log import Identity, Log
    from storage.mirror import Mirror

    home, folder = around.home, keys_folder(around, found)
    store = _store(home, found, clock)
    mirror = Mirror(found.mirror_in(home), found.desk)
    key = load_key(folder / f"{found.desk}.key")
    identity = Identity(found.desk, found.unit, found.identity.encode())
    log = Log(store, mirror, identity, key, clock, source, home / "write.lock")
    return Context(home, store, log, clock, source, found, Reference(store), key, _salt(folder, found.desk))


def _store(home: Path, found: Settings, clock: Clock) -> Store:
    from storage.store import PRACTICE_ID, REAL_ID, Store

    def keep(revision: str) -> None:
        from desk.cases.own_backups import before_upgrade  # paid by the one start that changes the tables

        before_upgrade(home, home / DATABASE, found, APP, clock, revision)

    application = PRACTICE_ID if found.kind == "practice" else REAL_ID
    return Store.on_file(home / DATABASE, "desk", application_id=application, before_upgrade=keep)


def _salt(folder: Path, desk: str) -> bytes:
    try:
        return bytes.fromhex((folder / f"{desk}.salt").read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return b""


def open_home(around: Surroundings) -> Services:
    """Return the use cases of the home; log and mirror are brought together first.

    Raises NoHome, SettingsWrong, HomeUnreadable, NewerDatabase and the like.
    """
    from desk.cases.services import Outside, Services

    found = settings.load(around.home)
    clock = clock_of(around, found)
    context = _context(around, found, clock, chance(clock))
    context.log.settle()
    context.log.read_anew()
    outside = Outside(
        printer=partial(printer_of, around.home, found),
        receipt_printer=receipt_printer_of(found),
        lines=_lines(around, found, clock),
        keep_salt=_salt_keeper(around, found),
        app=APP,
        keep_settings=lambda values: _connected(around.home, settings.keep(around.home, **values)),
        standing_clock=bool(around.clock_text) or found.kind == "practice",
    )
    return Services(context, outside)


def calendar_of(around: Surroundings) -> tuple[bool, Calendar]:
    """Return whether terms of working days end at closing, and the desk's own calendar; the log is not opened.

    Raises as `open_home` does.
    """
    from desk.cases.reference import Reference

    found = settings.load(around.home)
    store = _store(around.home, found, clock_of(around, found))
    try:
        return found.end_of_day, Reference(store).calendar()
    finally:
        store.close()


def _salt_keeper(around: Surroundings, found: Settings) -> Callable[[bytes], None]:
    """Return what puts the unit's secret, as the center gave it, in the place of the one made here, which is kept."""

    def keep(salt: bytes) -> None:
        file = keys_folder(around, found) / f"{found.desk}.salt"
        if salt == _salt(file.parent, found.desk):
            return
        number = 1
        while (old := file.with_suffix(f".salt-{number}")).exists():
            number += 1
        if file.exists():
            file.rename(old)
        keep_secret(file, salt.hex())

    from desk.keys import keep_secret

    return keep


def _lines(around: Surroundings, found: Settings, clock: Clock) -> Callable[[str], AbstractContextManager[Line]]:
    """Return what opens a line to a center: over HTTP, or in practice to the sandbox's own center."""
    if found.kind == "practice":
        # practice has its center in the same process: the real ingest on a file of the sandbox
        from desk.cases.sandbox import PracticeLine
        from storage.center.opening import open_center

        def practice_center(url: str) -> AbstractContextManager[Line]:
            del url
            folder = around.home / "center"
            return PracticeLine(around.home, lambda: open_center(folder, around.home / "keys", clock, chance(clock)))

        return practice_center

    def over_http(url: str) -> AbstractContextManager[Line]:
        # the HTTP client: paid by what talks to a center
        from storage.sync.http import line_of

        return line_of(around.home, url)

    return over_http


def center_folder(home: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of a center: --home, DESK_CENTER_HOME, else the platform's; never a desk's own."""
    # platformdirs: needed only to find a folder nobody named
    from platformdirs import user_data_path

    folder = home or environment.get("DESK_CENTER_HOME") or str(user_data_path("desk-center", appauthor=False))
    return Path(folder).expanduser().absolute()


def open_center(folder: Path, around: Surroundings, db: str | None = None) -> Center:
    """Return the center in `folder`, made where there is none; db: `postgresql://...`, None takes the one kept.

    Its clock is the machine's, or DESK_CLOCK for a rehearsal together with desks. Raises ClockRefused,
    HomeUnreadable where `folder` is a desk's home, DatabaseUnreachable and the like.
    """
    from storage.center.opening import open_center as opened

    if is_home(folder):
        raise HomeUnreadable(cause=settings.FILE_NAME)
    clock = _standing(around.clock_text) if around.clock_text else system_clock
    return opened(folder, around.keys, clock, chance(clock), db=db)


def restore_center(folder: Path, around: Surroundings, file: Path, db: str | None = None) -> Copied:
    """Make a center in `folder` (on PostgreSQL where `db` names it) from the copy `file`.

    Raises HomeUnreadable where `folder` is a desk's home, CenterExists, FileUnreadable, DatabaseUnreachable.
    """
    from storage.center.backup import restore

    if is_home(folder):
        raise HomeUnreadable(cause=settings.FILE_NAME)
    given = chance(_standing(around.clock_text) if around.clock_text else system_clock)
    return restore(folder, file, given, db=db)


def simulating(services: Services) -> Simulating:
    """Return what fills the opened home with invented dossiers; a real desk refuses it when it is asked."""
    # the invented world: only tests and practice pay for it
    import random

    from desk.cases.simulating import Simulating

    return Simulating(services.context, random.Random)


def printer_of(home: Path, found: Settings) -> Printer:
    """Return where papers go: practice's own folder, the system's printer, or its viewer."""
    if found.kind == "practice":
        from desk.cases.sandbox import printer_fault
        from receipts.practice_printer import PracticePrinter

        return PracticePrinter(home / "printed", lambda: printer_fault(home))
    from receipts.printing import FolderPrinter, SystemPrinter, Viewer

    if found.printer.startswith(FOLDER) and found.printer != FOLDER:
        return FolderPrinter(Path(found.printer.removeprefix(FOLDER)))
    return Viewer() if found.printer == "none" else SystemPrinter(found.printer, found.paper_size)


def _connected(home: Path, found: Settings) -> Connected:
    from desk.cases.devices import Connected

    return Connected(found, printer_of(home, found), receipt_printer_of(found))


def receipt_printer_of(found: Settings) -> ReceiptPrinter | None:
    """Return the receipt printer for slips, None without one and in practice; raises SettingsWrong."""
    if not found.receipt_printer or found.kind == "practice":
        return None
    from receipts.thermal.address import receipt_printer

    try:
        return receipt_printer(found.receipt_printer, 58 if found.receipt_paper == "58" else 80)
    except ValueError as error:
        raise SettingsWrong(file=settings.FILE_NAME, cause=f"receipt_printer: {found.receipt_printer[:60]}") from error
