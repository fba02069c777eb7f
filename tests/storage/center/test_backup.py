"""A copy of the center's data: what was sent after it was made comes again from the desks, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.clock import chance
from desk.errors.store import CenterExists, DatabaseUnreachable, FileUnreadable, FileUnwritable
from storage.blobs import Blobs
from storage.center import own
from storage.center.backup import Copied, begin_anew, restore
from storage.center.backup import back_up as back_up_with
from storage.center.center import Center
from storage.store import Store
from tests import postgres
from tests.storage.centers import join, lines, new_center, push, sync
from tests.storage.desks import Desk, Ticking, new_desk


@pytest.fixture
def db() -> None:
    """Where nothing else is said, copies are made of an SQLite center."""


def _lines(desk: Desk) -> list[bytes]:
    return [event.line() for event in desk.events()]


def back_up(store: Store, file: Path) -> Copied:
    """Copy a center without any attached file."""
    return back_up_with(store, Blobs(file.parent / "nothing attached"), file)


def _restored(folder: Path, copy: Path, db: str | None = None) -> Center:
    """Return the center made in `folder` from `copy`; its key lies beside as it did before."""
    restore(folder / "center", copy, chance(Ticking()), db=db)
    return new_center(folder)


@pytest.mark.parametrize(("source", "target"), [("file", "file"), ("server", "server"), ("file", "server")])
def test_a_center_restored_from_a_copy_has_everything_again_once_the_desks_have_sent(
    desk: Desk, tmp_path: Path, request: pytest.FixtureRequest, source: str, target: str
) -> None:
    def place(end: str) -> str | None:
        return None if end == "file" else postgres.fresh_database(request.getfixturevalue("postgres_server"))

    center = new_center(tmp_path, place(source))
    other = new_desk(tmp_path / "other", "0192f0a1-7c3a-7b11-8a55-000000000009", seed=9)
    for slot, one in enumerate((desk, other)):
        join(one, center, slot=slot)
        one.accept(4)
    push(desk, center, desk.events()[:5])
    sync(other, center)
    copied = back_up(center.store, tmp_path / "copy.db")
    assert copied.position == len(lines(center))
    sync(desk, center)
    other.accept(2)
    sync(other, center)
    whole, projected, before = sorted(lines(center)), center.dump(), center.about
    center.close()
    (tmp_path / "center").rename(tmp_path / "lost")

    again = _restored(tmp_path, tmp_path / "copy.db", place(target))
    assert again.store.is_sqlite == (target == "file")
    assert len(lines(again)) == copied.position
    assert again.about.incarnation != before.incarnation
    assert again.about._replace(incarnation=before.incarnation) == before
    desk.accept(1)
    for one in (desk, other):
        sync(one, again)
    assert sorted(lines(again)) == sorted(_lines(desk) + _lines(other))
    assert set(whole) < set(lines(again))
    assert {(table, key) for table, key, _row in projected} <= {(table, key) for table, key, _row in again.dump()}
    assert again.rebuild() == (True, [])
    again.close()


def test_a_copy_is_made_while_the_center_serves_and_never_over_another_file(
    desk: Desk, center: Center, tmp_path: Path
) -> None:
    join(desk, center)
    with center.store.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM event")
        back_up(center.store, tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    with pytest.raises(FileUnwritable):
        back_up(center.store, tmp_path / "copy.db")
    with pytest.raises(FileUnwritable):
        back_up(center.store, tmp_path / "nowhere" / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == whole


def test_a_center_is_never_restored_over_another(center: Center, tmp_path: Path) -> None:
    back_up(center.store, tmp_path / "copy.db")
    with pytest.raises(CenterExists):
        restore(tmp_path / "center", tmp_path / "copy.db", chance(Ticking()))


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "missing", "a desk's"])
def test_what_is_no_whole_copy_of_a_center_makes_none(center: Center, desk: Desk, tmp_path: Path, damage: str) -> None:
    back_up(center.store, tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    middle = len(whole) // 2
    bad = {
        "cut": whole[:middle],
        "flipped": whole[: middle - 2048] + bytes(4096) + whole[middle + 2048 :],
        "text": b"nothing of ours",
    }
    copy = tmp_path / "bad.db"
    if damage in bad:
        copy.write_bytes(bad[damage])
    elif damage == "a desk's":
        copy = Path(str(desk.store.engine.url.database))
    with pytest.raises(FileUnreadable):
        restore(tmp_path / "new", copy, chance(Ticking()))
    assert not list((tmp_path / "new").glob("*.db*"))


def test_a_copy_goes_to_no_server_that_holds_a_center_or_does_not_answer(
    center: Center, tmp_path: Path, postgres_server: str
) -> None:
    back_up(center.store, tmp_path / "copy.db")
    taken = postgres.fresh_database(postgres_server)
    on_server = new_center(tmp_path / "server", taken)
    before = on_server.about
    for address, error in ((taken, CenterExists), ("postgresql://127.0.0.1:1/x", DatabaseUnreachable)):
        with pytest.raises(error):
            restore(tmp_path / "new", tmp_path / "copy.db", chance(Ticking()), db=address)
    assert not (tmp_path / "new").exists()
    on_server.close()
    again = new_center(tmp_path / "server")
    assert again.about == before
    again.close()
    with pytest.raises(CenterExists):  # its settings name the server
        restore(tmp_path / "server" / "center", tmp_path / "copy.db", chance(Ticking()))


def test_a_server_brought_back_in_time_goes_on_under_a_new_incarnation(desk: Desk, center: Center) -> None:
    join(desk, center)
    sync(desk, center)
    assert begin_anew(center.store, chance(Ticking())) == len(lines(center))
    with center.store.reading() as session:
        again = own.about(session)
    assert again is not None and again.incarnation != center.about.incarnation
    assert again._replace(incarnation=center.about.incarnation) == center.about
