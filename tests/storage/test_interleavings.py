"""Whatever order three desks and a center do and learn things in, they end with the same tables."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.interleavings import OPS, Op, World


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@given(OPS, st.booleans())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_three_desks_and_a_center_end_alike_through_any_interleaving(
    world: World, ops: list[Op], one_is_old: bool
) -> None:
    world.run(ops, one_is_old=one_is_old)


@pytest.mark.parametrize(
    "ops",
    [pytest.param([("accept", 2), ("give", 2, 1, 0), ("move", 1, 0, 8)], id="looked at before its acceptance came")],
)
def test_what_once_ended_apart_ends_alike(world: World, ops: list[Op]) -> None:
    world.run(ops, one_is_old=False)
