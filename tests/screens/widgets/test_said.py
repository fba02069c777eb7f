"""A sentence that does not fit says that it goes on."""

from __future__ import annotations

from textual.app import App, ComposeResult

from screens.widgets.said import Said


class Page(App[None]):
    CSS = "#line { width: 10; } #long { width: 10; height: auto; }"

    def compose(self) -> ComposeResult:
        yield Said("Papers for one", id="line")
        yield Said("Papers for one", id="long")
        yield Said("Papers for one", id="free")


async def test_one_line_is_cut_with_a_sign_and_what_may_grow_is_not() -> None:
    app = Page()
    async with app.run_test(size=(40, 10)):
        drawn = {at: str(app.query_one(f"#{at}", Said).render()) for at in ("line", "long", "free")}
    assert drawn == {"line": "Papers fo…", "long": "Papers for one", "free": "Papers for one"}
