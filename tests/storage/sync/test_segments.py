"""What a desk sends next follows from what the center has, and from nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.messages import Have
from storage.sync.segments import LARGEST_SIZE, Pace, Span, next_segments, unsent

_LENGTHS = st.dictionaries(st.integers(1, 6), st.integers(1, 300), max_size=5)


def _have(epoch: int, seq: int) -> Have:
    return Have("d", epoch, seq, "h")


def test_before_the_center_said_what_it_has_nothing_is_sent() -> None:
    assert next_segments(None, {1: 5}, 100) == []
    assert unsent(None, {1: 5, 2: 1}) == 6


def test_the_rest_of_an_epoch_comes_before_the_next_one() -> None:
    lengths = {1: 10, 2: 3, 4: 200}
    assert next_segments(_have(1, 7), lengths, 100) == [Span(1, 8, 10), Span(2, 1, 3), Span(4, 1, 94)]
    assert next_segments(_have(2, 3), lengths, 100) == [Span(4, 1, 100)]
    assert next_segments(_have(4, 200), lengths, 100) == []


def test_a_center_that_has_more_of_an_epoch_is_sent_the_later_ones() -> None:
    assert next_segments(_have(1, 99), {1: 10, 2: 3}, 100) == [Span(2, 1, 3)]
    assert unsent(_have(1, 99), {1: 10, 2: 3}) == 3
    assert next_segments(_have(9, 1), {1: 10}, 100) == []


@given(st.builds(_have, st.integers(1, 6), st.integers(0, 300)), _LENGTHS, st.integers(1, 150))
def test_sending_on_from_each_answer_brings_everything_once_and_in_order(
    have: Have, lengths: dict[int, int], size: int
) -> None:
    wanted = [
        (epoch, seq)
        for epoch in sorted(lengths)
        for seq in range(1, lengths[epoch] + 1)
        if (epoch, seq) > (have.epoch, have.seq)
    ]
    assert unsent(have, lengths) == len(wanted)
    sent: list[tuple[int, int]] = []
    while spans := next_segments(have, lengths, size):
        assert 1 <= sum(span.length for span in spans) <= size
        sent += [(span.epoch, seq) for span in spans for seq in range(span.first, span.last + 1)]
        have = _have(spans[-1].epoch, spans[-1].last)
    assert sent == wanted


def test_the_pace_doubles_to_a_thousand_and_halves_to_one() -> None:
    pace = Pace()
    sizes = []
    for _ in range(5):
        sizes.append(pace.size)
        pace.went_well()
    assert sizes == [100, 200, 400, 800, 1000] and pace.size == LARGEST_SIZE
    for _ in range(12):
        pace.went_wrong()
    assert pace.size == 1
    pace.went_well()
    assert pace.size == 2
