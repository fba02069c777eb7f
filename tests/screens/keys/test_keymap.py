"""The table of keys as it was decided."""

from __future__ import annotations

from screens.keys.keymap import FUNCTION_KEYS, KEYMAP, binding_id, bound, key_line
from screens.widgets.desk_input import DeskInput
from tests.screens.sample import Seen, sample_app


def test_the_keys_are_those_that_every_terminal_can_send() -> None:
    keys = {line.id: line.keys for line in KEYMAP}
    assert [keys[key_id] for key_id in FUNCTION_KEYS.values()] == [*(f"f{n}" for n in range(1, 9)), "f9,ctrl+s"]
    assert keys["back"] == "escape"
    assert (keys["palette"], keys["undo"], keys["repeat"], keys["lock"]) == ("ctrl+g", "ctrl+z", "ctrl+r", "ctrl+l")


def test_ids_and_keys_are_unique() -> None:
    keys = [key for line in KEYMAP for key in line.keys.split(",")]
    assert len(set(keys)) == len(keys)
    assert len({line.id for line in KEYMAP}) == len(KEYMAP)


def test_a_bound_key_carries_the_id_by_which_it_is_remapped() -> None:
    binding = bound("save", "save")
    assert (binding.key, binding.id, binding.key_display) == ("f9,ctrl+s", binding_id("save"), key_line("save").shown)


async def test_an_office_may_remap_a_key() -> None:
    seen = Seen()
    app = sample_app(seen, "form")
    app.set_keymap({binding_id("save"): "f11"})
    async with app.run_test() as pilot:
        await app.keys_settled()
        await pilot.press("x", "f9")
        await app.keys_settled()
        assert app.top.query_one("#a", DeskInput).value == "x"
        await pilot.press("f11")
        await app.keys_settled()
        assert ["saved", ["x", "", "", "", "", ""]] in seen.lines
