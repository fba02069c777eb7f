"""What others wrote comes by stick too: after the answer as many pages as there are, whichever of them arrive."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import bundle, pages
from storage.bundle import Found, Part
from storage.center import sticks as center_sticks
from storage.center.center import Center
from storage.sync import sticks
from storage.sync.sticks import Replied
from tests.storage.centers import APP, join, sync
from tests.storage.desks import Desk, new_desk
from tests.storage.test_whom_it_concerns import HERE, THERE, _logged, _stub


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page hold four events, so that a short log fills many."""
    monkeypatch.setattr(pages, "LARGEST_SIZE", 4)


@pytest.fixture
def desks(tmp_path: Path, center: Center) -> Iterator[tuple[Desk, Desk, Desk]]:
    """Two desks of a unit and one of another; what the first and the last did lies at the center."""
    one, two, other = (
        new_desk(tmp_path / str(n), f"0192f0a1-7c3a-7b11-8a55-00000000000{n}", unit=unit, seed=n)
        for n, unit in enumerate((HERE, HERE, THERE), 1)
    )
    for slot, desk in enumerate((one, two)):
        join(desk, center, slot, HERE)
    join(other, center, 0, THERE)
    one.accept(9)
    other.accept(5)
    for desk in (one, other):
        sync(desk, center)
    yield one, two, other
    for desk in (one, two, other):
        desk.store.close()


def asked(desk: Desk, center: Center, file: Path) -> list[Part]:
    """Carry the desk's bundle to the center and return the parts of the reply."""
    bundle.write(file, sticks.export(desk.log, center.key.public, app=APP).parts)
    return center_sticks.take(center, bundle.read([file])).replies


def taken(desk: Desk, center: Center, parts: list[Part]) -> Replied:
    return sticks.take_replies(desk.log, Found(parts, []), center.key.public)


def test_a_stick_brings_a_desk_without_a_line_all_that_a_line_would(
    desks: tuple[Desk, Desk, Desk], center: Center, tmp_path: Path
) -> None:
    one, two, other = desks
    parts = asked(two, center, tmp_path / "stick")
    assert len(parts) >= 3 and {part.kind for part in parts} == {"answer", "page"}
    brought = taken(two, center, parts)
    assert brought.taken >= 9 and _logged(one) <= _logged(two)
    assert _stub(two, other.events()[-1].head.dossier or "") is not None
    before = _logged(two)
    assert taken(two, center, parts).taken == 0
    assert sync(two, center).taken == 0
    assert _logged(two) == before


@pytest.mark.parametrize("seed", range(2))
def test_pages_may_be_lost_come_twice_and_in_any_order(
    desks: tuple[Desk, Desk, Desk], center: Center, tmp_path: Path, seed: int
) -> None:
    one, two, _other = desks
    dice = random.Random(seed)
    parts = asked(two, center, tmp_path / "stick")
    answers, others = [p for p in parts if p.kind == "answer"], [p for p in parts if p.kind == "page"]
    taken(two, center, [*answers, *dice.sample(others, len(others) // 2)])
    dice.shuffle(others)
    taken(two, center, [*others, *answers, *others])
    assert _logged(one) <= _logged(two)
    assert sync(two, center).taken == 0


def test_pages_for_one_desk_open_at_no_other_and_of_a_revoked_desk_there_are_none(
    desks: tuple[Desk, Desk, Desk], center: Center, tmp_path: Path
) -> None:
    _one, two, other = desks
    parts = [part for part in asked(two, center, tmp_path / "stick") if part.kind == "page"]
    mine = asked(other, center, tmp_path / "other")
    before = _logged(other)
    taken(other, center, [*parts, *(part for part in mine if part.kind == "answer")])
    assert _logged(other) == before
    center.revoke(two.id)
    assert not [part for part in asked(two, center, tmp_path / "again") if part.kind == "page"]
