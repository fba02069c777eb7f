"""F1 explains what stands under the cursor: no field and no list leaves an officer alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from screens import office
from screens.widgets.review import Review
from screens.widgets.rows import Rows
from tests.screens.desks import Desk, sign_in

SCREENS = Path(office.__file__).parent


def test_every_field_that_is_typed_into_has_words_of_its_own() -> None:
    silent = [
        f"{path.relative_to(SCREENS)}:{call.lineno}"
        for path in sorted(SCREENS.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _is_field(call) and not any(word.arg == "help" for word in call.keywords)
    ]
    assert silent == []


def _is_field(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return name.endswith("Input") or name in ("Picker", "ChoosingField", "NotesArea", "Documents", "_Words")


@pytest.mark.parametrize("lists", [Rows([], id="a"), Rows([], id="a", numbered=False), Review("x")])
def test_lists_and_last_lines_say_their_keys_where_nobody_said_more(lists: Rows | Review) -> None:
    assert "Enter" in lists.help_said


async def test_what_has_the_cursor_on_each_workplace_is_explained(desk: Desk) -> None:
    places = [place.name for place in office.workplaces() if place.listed and not place.covers]
    async with desk.playing() as officer:
        await sign_in(officer)
        for name in places:
            await officer.app.rooms.go(name)
            await officer.settled()
            focused = officer.top.focused
            assert focused is None or getattr(focused, "help_said", ""), name
            if focused is not None:
                await officer.press("f1")
                assert officer.top.is_modal, name
                await officer.press("escape")
