"""The typing proof's short run: every name once, every two habits of a machine or a hand together at least once."""

from __future__ import annotations

from pathlib import Path

from tests.promises import typed_names
from tests.promises.typed_names import NAMES, all_ways, names_and_places, pairwise


def test_two_hundred_names_and_places_come_out_exactly_as_input_methods_type_them(tmp_path: Path) -> None:
    names, ways = names_and_places(), pairwise()
    assert len(names) == NAMES
    outcome = typed_names.type_in_ways(tmp_path, [(way, names[at :: len(ways)]) for at, way in enumerate(ways)])
    assert outcome.faults == []
    assert outcome.typed == NAMES


def test_every_two_values_meet_in_few_ways() -> None:
    for first, second in ((0, 1), (0, 4), (1, 3), (2, 4)):
        met = {(way[first], way[second]) for way in pairwise()}
        assert met == {(way[first], way[second]) for way in all_ways()}
    assert len(pairwise()) < len(all_ways()) / 4
