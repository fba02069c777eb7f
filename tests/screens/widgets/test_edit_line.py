"""Whole letters, however they are typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.edit_line import EditLine, joined, whole_letters
from tests.terminal import unikey

LETTERS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = "\u0300\u0301\u0303\u0309\u0323"
VIETNAMESE = st.text(
    alphabet=[*"bcdđghklmnpqrstvx ", *(unicodedata.normalize("NFC", a + t) for a in LETTERS for t in ["", *TONES])]
)


def typed(keys: str, at_s: float = 0.0, step_s: float = 0.2) -> EditLine:
    line = EditLine()
    for key in keys:
        at_s += step_s
        if key in "\x7f\x08":
            line.backspace(at_s)
        else:
            line.type(key, at_s)
    return line


@given(VIETNAMESE)
def test_letters_and_marks_are_joined_into_the_letters_they_mean(text: str) -> None:
    line = typed(unicodedata.normalize("NFD", text))
    assert line.text == text
    assert len(line.letters) == len(text)


@given(VIETNAMESE, st.sampled_from(["last", "inside"]))
def test_what_unikey_sends_is_what_was_meant(text: str, tone: str) -> None:
    keys = b"".join(unikey(text, tone="last" if tone == "last" else "inside")).decode()
    assert typed(keys, step_s=0).text == text


def test_shape_and_tone_may_come_in_either_order() -> None:
    assert joined("e\u0301", "\u0302") == joined("e\u0302", "\u0301") == "ế"
    assert typed("o\u0323\u031b").text == "ợ"


def test_a_mark_without_a_letter_is_dropped() -> None:
    assert typed("\u0301 \u03011\u0301").text == " 1"


def test_a_hand_takes_a_whole_letter_away_however_it_was_written() -> None:
    assert typed("Hue\u0302\u0323\x7f").text == "Hu"


def test_unikeys_backspaces_for_letter_and_mark_take_one_letter_away() -> None:
    assert typed("tiê\u0301\x7f\x7f", step_s=0).text == "ti"
    assert typed("tiê\u0301\x7f\x7f\x7fb", step_s=0).text == "tb"
    assert typed("tie\u0302\u0301\x7f\x7f\x7fb", step_s=0).text == "tib"


def test_a_mark_that_follows_a_backspace_at_once_replaces_the_mark() -> None:
    assert typed("ê\u0301\x7f\u0300", step_s=0).text == "ề"


def test_two_backspaces_of_a_hand_take_two_letters() -> None:
    assert typed("tie\u0302\u0301\x7f\x7f").text == "t"


def test_a_limit_counts_letters_and_marks_still_join() -> None:
    line = EditLine(limit=2)
    assert [line.type(character) for character in "ae\u0302x"] == [True, True, True, False]
    assert line.text == "aê"


def test_what_controls_a_terminal_never_gets_in() -> None:
    line = EditLine()
    line.paste("A\x1b[31m\x07\u202eB\nC\u200d")
    assert line.text == "A[31mB C"


def test_notes_keep_their_lines() -> None:
    line = EditLine(lines=True)
    line.paste("một\r\nhai\x1b")
    assert line.text == "một\nhai"


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [("<<X^0$9", "01X239", 6), ("<<!", "13", 1), ("^!", "23", 0), ("$!", "123", 3), ("<<<<<a", "a123", 1)],
)
def test_the_cursor_goes_where_keys_send_it(keys: str, text: str, cursor: int) -> None:
    line = EditLine()
    line.put("123")
    for key in keys:
        match key:
            case "<":
                line.move(line.cursor - 1)
            case "^":
                line.move(0)
            case "$":
                line.move(len(line.letters))
            case "!":
                line.delete()
            case _:
                line.type(key)
    assert (line.text, line.cursor) == (text, cursor)


@given(st.text(max_size=30))
def test_any_text_is_clean_and_in_normal_form(text: str) -> None:
    line = EditLine()
    line.paste(text)
    assert line.text == unicodedata.normalize("NFC", line.text)
    assert not any(unicodedata.category(character)[0] == "C" for character in line.text)
    assert "".join(whole_letters(line.text)) == line.text
