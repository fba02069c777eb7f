"""The first start of a desk: it takes dossiers at once, and reads what lies at the center however often it is cut."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desk.errors.sync import LinkCut
from storage.center.center import Center
from storage.messages import read_request
from storage.pages import read_wanted
from storage.sync.exchange import exchange_once
from storage.sync.segments import Pace
from tests.storage.centers import APP, join, sync
from tests.storage.desks import new_desk
from tests.storage.test_whom_it_concerns import HERE, _logged

CUTS = 20


@pytest.mark.parametrize("seed", [1, 2])
def test_a_first_reading_that_is_cut_twenty_times_goes_on_where_it_was(
    tmp_path: Path, center: Center, seed: int
) -> None:
    old, fresh = (
        new_desk(tmp_path / str(n), f"0192f0a1-7c3a-7b11-8a55-00000000000{n}", unit=HERE, seed=n) for n in (1, 2)
    )
    join(old, center, 0, HERE)
    old.accept(120)
    sync(old, center)
    join(fresh, center, 1, HERE)
    dice, pace, cuts, held = random.Random(seed), Pace(4), 0, [0]

    def cut(message: bytes) -> bytes:
        nonlocal cuts
        pace.size = 4
        pull = read_request(message, fresh.key.public).pull
        if pull is not None:  # what it has is never given again
            held.append(sum(sum(epochs.values()) for epochs in read_wanted(pull).unit.values()))
        if cuts < CUTS and dice.random() < 0.7:
            cuts += 1
            if dice.random() < 0.5:
                center.exchange(message)  # the answer is lost on the way back
            raise LinkCut(cause="test")
        return center.exchange(message)[1]

    fresh.accept(1)  # the first citizen waits for nothing of it
    for _try in range(200):
        try:
            exchange_once(fresh.log, cut, center.key.public, app=APP, pace=pace)
        except LinkCut:
            continue
        break
    assert cuts == CUTS and held == sorted(held)
    assert _logged(old) <= _logged(fresh)
    old.store.close()
    fresh.store.close()
