"""Invented names are written as names are."""

from __future__ import annotations

from random import Random
from typing import get_args

from desk.rules.invented.names import NamedAs, child_name, invented_name, name_from_abroad


def test_every_word_of_a_name_begins_with_its_one_capital() -> None:
    dice = Random(1)
    names = {
        invented_name(dice, sex, in_town=False, named_as=named_as)
        for _turn in range(400)
        for sex in ("male", "female")
        for named_as in get_args(NamedAs)
    }
    names |= {child_name(dice, "Ứng", sex) for _turn in range(200) for sex in ("male", "female")}
    words = {word for name in names for word in name.split()} - {"H'Hen"}
    assert len(words) > 150
    assert [word for word in words if word[0].isupper() is False or word[1:] != word[1:].lower()] == []
    assert all(len(word) <= 7 for word in words)


def test_a_name_from_abroad_is_written_in_capitals_as_in_the_passport() -> None:
    dice = Random(1)
    names = {name_from_abroad(dice) for _turn in range(100)}
    assert all(name.isascii() and name == name.upper() and "XX" not in name for name in names)
    assert len(names) == 7
