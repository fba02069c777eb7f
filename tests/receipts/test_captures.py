"""A sound print is read by every scanner that looks a few times, however poor its picture."""

from __future__ import annotations

from tests.receipts.captures import DECENT, POOR, decoded, sound_prints


def test_three_hundred_poor_captures_are_read_within_eight_frames() -> None:
    found = decoded(sound_prints(10), POOR, 300)
    assert found.within == found.draws == 300
    assert found.first < 300, "the captures are not poor enough to mean anything"


def test_one_decent_frame_is_enough() -> None:
    assert decoded(sound_prints(10), DECENT, 100, frames=1).first == 100


def test_the_same_dice_give_the_same_captures() -> None:
    prints = sound_prints(2)
    assert decoded(prints, POOR, 20, seed=3) == decoded(prints, POOR, 20, seed=3)
