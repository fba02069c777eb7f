"""The first and the last lines of a screen, and text cut to cells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from desk.words import speak
from screens.widgets.cells import cut
from screens.widgets.header import LinkFacts, link_words
from screens.widgets.line_view import LineView
from screens.widgets.wrapping import row_at, rows_of

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (LinkFacts(up=None), "no center"),
        (LinkFacts(up=True), "linked"),
        (LinkFacts(up=False, unsent=3, oldest_unsent_at=NOW - timedelta(hours=2)), "no link · unsent 3 (2 h)"),
        (LinkFacts(up=True, last_exchange_at=NOW - timedelta(minutes=5)), "linked · 09:55"),
        (LinkFacts(up=True, last_exchange_at=NOW - timedelta(days=3)), "linked · 22/11"),
    ],
)
def test_the_link_is_three_facts_in_words(link: LinkFacts, words: str) -> None:
    speak("en")
    assert link_words(link, NOW) == words


@given(st.text(alphabet="aĐ中é ", max_size=20), st.integers(0, 20), st.booleans())
def test_a_cut_text_fills_exactly_its_cells(text: str, cells: int, right: bool) -> None:
    assert cell_len(cut(text, cells, right=right)) == cells


@given(st.text(alphabet="ab中", max_size=40), st.integers(1, 12), st.data())
def test_the_cursor_is_always_in_view(text: str, width: int, data: st.DataObject) -> None:
    view, letters = LineView(), list(text)
    for _ in range(5):
        cursor = data.draw(st.integers(0, len(letters)))
        view.follow(letters, cursor, width)
        assert view.first <= cursor
        assert view.column(letters, cursor) < max(width, 3)


@given(st.text(alphabet="ab \n中", max_size=60), st.integers(2, 12), st.data())
def test_lines_hold_every_letter_and_none_is_too_wide(text: str, width: int, data: st.DataObject) -> None:
    letters = list(text)
    rows = rows_of(letters, width)
    shown = "".join("".join(letters[row.begin : row.end]) for row in rows)
    assert shown.replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(cell_len("".join(letters[row.begin : row.end])) <= width for row in rows)
    cursor = data.draw(st.integers(0, len(letters)))
    assert rows[row_at(rows, cursor)].begin <= cursor
