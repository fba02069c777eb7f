"""An office's own keys: read strictly, no key for two acts, and named wherever a key is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import words
from desk.errors.store import KeyTwice, KeyUnfit
from screens.keys.keymap import KEYMAP, binding_id
from screens.keys.remapping import read, renamed, shown, textual_keymap
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import playing


@pytest.fixture(autouse=True)
def _keys_of_the_table() -> Iterator[None]:
    yield
    words.name_keys({})


def test_nothing_is_remapped_without_a_setting() -> None:
    assert read("") == read(" , ") == textual_keymap({}) == renamed({}) == {}


def test_two_acts_may_change_places_and_a_second_key_stays() -> None:
    remapped = read("save=f8, same_person = F9, lock=ctrl+k")
    assert textual_keymap(remapped) == {
        binding_id("same_person"): "f9",
        binding_id("save"): "f8,ctrl+s",
        binding_id("lock"): "ctrl+k",
    }
    assert renamed(remapped) == {"F8": "F9", "F9": "F8", "^L": "^K", "Ctrl+L": "Ctrl+K"}
    assert textual_keymap(read("save=f10,lock=ctrl+s"))[binding_id("save")] == "f10"


@pytest.mark.parametrize(
    "wrong",
    ["save", "save=", "sav=f10", "save=enter", "save=ctrl+c", "back=f10", "palette=f10", "save=f10,save=f11", "=f10"],
)
def test_what_is_no_act_or_no_key_is_refused_with_its_part(wrong: str) -> None:
    with pytest.raises(KeyUnfit) as refused:
        read(wrong)
    assert refused.value.facts["part"] == wrong.split(",")[-1]


@pytest.mark.parametrize("clash", ["save=f8", "lock=f1", "lock=ctrl+z", "save=f10,lock=f10", "undo=ctrl+g"])
def test_one_key_for_two_acts_is_refused_and_both_are_named(clash: str) -> None:
    with pytest.raises(KeyTwice) as refused:
        read(clash)
    assert words.told(refused.value).message.count(" and ") == 1


@given(st.permutations([line.id for line in KEYMAP if line.id not in ("back", "palette")]))
def test_any_exchange_of_keys_leaves_each_act_one(order: list[str]) -> None:
    keys = [line.keys.partition(",")[0] for line in KEYMAP if line.id not in ("back", "palette")]
    remapped = read(",".join(f"{act}={key}" for act, key in zip(order, keys, strict=True)))
    firsts = [value.partition(",")[0] for value in textual_keymap(remapped).values()]
    assert sorted(firsts) == sorted(keys)


@pytest.mark.parametrize(("key", "said"), [("f10", "F10"), ("ctrl+k", "^K")])
def test_a_key_is_written_as_on_the_keyboard(key: str, said: str) -> None:
    assert shown(key) == said


async def test_footer_palette_help_and_sentences_name_the_key_of_the_office(desk: Desk) -> None:
    app = desk.app()
    app.remap(read("lookup=f11, help=f12, lock=ctrl+k"))
    async with playing(app) as officer:
        await sign_in(officer)
        footer = officer.screen().splitlines()[-1]
        assert "F11 Lookup" in footer and "F3" not in footer and "F12 Help" in footer
        await officer.press("f3")
        assert officer.here == "HomeScreen"
        await officer.press("ctrl+g")
        assert "F11" in officer.screen() and "^K" in officer.screen()
        await officer.press("3")
        assert officer.here == "LookupScreen"
        await officer.press("f12")
        assert "Type any part" in officer.screen()
        await officer.press("escape", "ctrl+k")
        assert officer.here == "SigninScreen"


def test_sentences_name_the_new_key_in_both_languages_and_citizens_texts_stay() -> None:
    words.name_keys({"F7": "F12", "Ctrl+L": "Ctrl+K"})
    assert words._("F7 makes the slip; HF7, F70 and CF7x stay; Ctrl+L locks.") == (
        "F12 makes the slip; HF7, F70 and CF7x stay; Ctrl+K locks."
    )
    assert words._("{name}").format(name="Căn hộ F7") == "Căn hộ F7"
