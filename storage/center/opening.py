"""Opens a center in its folder: its database, its key, who it is; all made at the first start."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from desk.clock import Chance, Clock
from desk.errors.causes import cause_of
from desk.errors.store import CenterKeyMissing, HomeUnreadable, SettingsWrong
from desk.keys import SigningKey, keep_key, load_key
from storage.blobs import Blobs
from storage.center import own
from storage.center.center import Center
from storage.center.files import Files
from storage.center.own import About
from storage.projections.project import project_gained, readable
from storage.store import Store

DATABASE: Final = "center.db"
_ATTACHMENTS: Final = "attachments"
_READ: Final = "kinds_read"
SETTINGS: Final = "center.json"
"""Holds the address of the database, which may carry a password: readable by its owner only."""


def open_center(folder: Path, keys: Path, clock: Clock, chance: Chance, *, db: str | None = None) -> Center:
    """Return the center in `folder`, made where there is none.

    keys: the folder of its key file, `center-<id>.key`, never inside `folder` on a real center.
    db: `postgresql://...`, kept for the next time; None takes the one kept, else an SQLite file in `folder`.
    Raises HomeUnreadable, SettingsWrong, CenterKeyMissing, DatabaseUnreachable, NewerDatabase and the like.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnreadable(cause=cause_of(error)) from error
    url = db or _kept_url(folder)
    store = Store.on_url(url, "center") if url else Store.on_file(folder / DATABASE, "center")
    try:
        about, key = _identity(store, keys, chance)
        _read_anew(store)
    except BaseException:
        store.close()
        raise
    if db:
        keep_url(folder, db)
    return Center(store, key, about, clock, chance, Files(attachments_of(folder)))


def attachments_of(folder: Path) -> Blobs:
    """Return the files that desks brought to the center in `folder`."""
    return Blobs(folder / _ATTACHMENTS)


def key_file(keys: Path, center: str) -> Path:
    """Return where the key of the center with the id `center` lies."""
    return keys / f"center-{center}.key"


def _identity(store: Store, keys: Path, chance: Chance) -> tuple[About, SigningKey]:
    with store.reading() as session:
        about = own.about(session)
    if about is None:
        about = _made(store, keys, chance)
    file = key_file(keys, about.id)
    key = load_key(file)
    if key is None or key.public.hex() != about.public_key:
        raise CenterKeyMissing(file=file.name)
    return about, key


def _read_anew(store: Store) -> None:
    """Make the tables anew if this version reads events that the last one only kept."""
    with store.reading() as session:
        kept = own.mapping(session, _READ)
    if kept == readable():
        return
    with store.writing() as session:
        if kept:
            project_gained(session, kept, searchable=False)
        own.keep(session, _READ, readable())


def _made(store: Store, keys: Path, chance: Chance) -> About:
    """Make the center's key and write down who it is; of two that begin at once, the first."""
    key = SigningKey.make(chance.random_bytes(32))
    mine = About(chance.new_id(), chance.new_id(), key.public.hex())
    try:
        keep_key(key_file(keys, mine.id), key)
    except OSError as error:
        raise HomeUnreadable(cause=cause_of(error)) from error
    with store.writing() as session:
        if not store.is_sqlite:
            session.connection().exec_driver_sql("LOCK TABLE center_setting IN EXCLUSIVE MODE")
        about = own.about(session)
        if about is None:
            own.keep_about(session, about := mine)
    return about


def _kept_url(folder: Path) -> str:
    path = folder / SETTINGS
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise SettingsWrong(file=path.name, cause=type(error).__name__) from error
    url = kept.get("db") if isinstance(kept, dict) else None
    if not isinstance(url, str):
        raise SettingsWrong(file=path.name, cause="db")
    return url


def keep_url(folder: Path, url: str) -> None:
    """Keep the address of the center's database in its folder; raises HomeUnreadable."""
    fresh = folder / f"{SETTINGS}.new"
    try:
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"db": url}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / SETTINGS)
    except OSError as error:
        raise HomeUnreadable(cause=cause_of(error)) from error
