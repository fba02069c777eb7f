"""Bytes to keys: the Esc rule, pastes, reports and sequences nobody knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from screens.keys.keymap import KEYMAP
from screens.keys.parser import PASTE_LIMIT, DeskParser

ESC = "\x1b"
SILENCE = None


def keys_of(*feeds: str | None) -> list[str]:
    """Return what reads and silences (None) are understood as: keys by name, pastes by their text in quotes."""
    now = [0.0]
    parser, told = DeskParser(monotonic=lambda: now[0]), []
    for feed in feeds:
        if feed is SILENCE:
            now[0] += 2.0
            told += parser.tick()
        else:
            told += parser.feed(feed)
    return [
        each.key if isinstance(each, events.Key) else repr(each.text)
        for each in told
        if isinstance(each, events.Key | events.Paste)
    ]


AFTER_ESC = [
    *[(digit, digit) for digit in "1234567890"],
    *[("-", "minus"), ("=", "equals_sign"), ("b", "b"), ("f", "f"), ("đ", "đ"), ("\t", "tab")],
    *[("\x7f", "backspace"), ("\x08", "backspace"), ("\r", "enter"), (" ", "space")],
]


@pytest.mark.parametrize(("character", "key"), AFTER_ESC)
def test_esc_and_a_key_are_esc_and_that_key_in_one_read_or_in_two(character: str, key: str) -> None:
    assert keys_of(ESC + character) == ["escape", key]
    assert keys_of(ESC, character) == ["escape", key]
    assert keys_of(ESC, SILENCE, character) == ["escape", key]


def test_esc_before_a_sequence_is_esc() -> None:
    assert keys_of("\x1b\x1b[A") == ["escape", "up"]
    assert keys_of("\x1b\x1bOP") == ["escape", "f1"]


def test_esc_alone_is_esc_after_a_silence_and_not_before() -> None:
    assert keys_of(ESC) == []
    assert keys_of(ESC, SILENCE) == ["escape"]


def test_a_bracket_or_a_capital_o_after_esc_is_itself_after_a_silence() -> None:
    assert keys_of("\x1b[", SILENCE, "x") == ["escape", "left_square_bracket", "x"]
    assert keys_of("\x1bO", SILENCE, "x") == ["escape", "O", "x"]


FUNCTION_KEYS = {
    "xterm": ["\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"],
    "putty": [f"\x1b[{code}~" for code in (11, 12, 13, 14, 15, 17, 18, 19, 20)],
    "linux": ["\x1b[[A", "\x1b[[B", "\x1b[[C", "\x1b[[D", "\x1b[[E", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"],
}


@pytest.mark.parametrize("terminal", FUNCTION_KEYS)
def test_function_keys_of_every_terminal_are_known_however_they_are_cut(terminal: str) -> None:
    expected = [f"f{number}" for number in range(1, 10)]
    assert keys_of("".join(FUNCTION_KEYS[terminal])) == expected
    assert keys_of(*[byte for key in FUNCTION_KEYS[terminal] for byte in key]) == expected


OTHER_KEYS = {
    "up": ("\x1b[A", "\x1bOA"),
    "down": ("\x1b[B", "\x1bOB"),
    "right": ("\x1b[C", "\x1bOC"),
    "left": ("\x1b[D", "\x1bOD"),
    "home": ("\x1b[H", "\x1bOH", "\x1b[1~"),
    "end": ("\x1b[F", "\x1bOF", "\x1b[4~"),
    "pageup": ("\x1b[5~",),
    "pagedown": ("\x1b[6~",),
    "delete": ("\x1b[3~",),
    "shift+tab": ("\x1b[Z",),
    "tab": ("\t",),
    "enter": ("\r",),
    "backspace": ("\x7f", "\x08"),
    "ctrl+g": ("\x07",),
    "ctrl+z": ("\x1a",),
    "ctrl+r": ("\x12",),
    "ctrl+l": ("\x0c",),
    "ctrl+s": ("\x13",),
}
"""The rest of the key map: normal and application mode of the cursor keys; tmux, the Linux console and PuTTY send
Home and End as 1~ and 4~."""


@pytest.mark.parametrize("key", OTHER_KEYS)
def test_the_other_keys_of_the_map_are_known_from_every_terminal_however_they_are_cut(key: str) -> None:
    for sequence in OTHER_KEYS[key]:
        assert keys_of(sequence + "x") == [key, "x"]
        assert keys_of(*sequence, "x") == [key, "x"]
        if not sequence.startswith(ESC):
            assert keys_of(ESC + sequence) == ["escape", key]


def test_no_key_of_the_map_is_left_out() -> None:
    known = {*OTHER_KEYS, "escape", *(f"f{number}" for number in range(1, 10))}
    assert {key for line in KEYMAP for key in line.keys.split(",")} <= known


def test_a_sequence_that_nobody_knows_is_dropped_and_the_next_key_is_not() -> None:
    assert keys_of("\x1b[999;3xabc") == ["a", "b", "c"]
    assert keys_of("\x1b[?1;2cabc") == ["a", "b", "c"]


def test_a_sequence_cut_by_a_slow_line_is_not_typed_into_the_field() -> None:
    assert keys_of("\x1b[1", SILENCE, "5~") == ["f5"]


def test_a_paste_is_one_event_and_cannot_break_out_into_keys() -> None:
    assert keys_of("\x1b[200~a\x1bb\x1b[A\x1b[15~\r\nz\x1b[201~q") == ["'a\\x1bb\\x1b[A\\x1b[15~\\r\\nz'", "q"]


def test_a_paste_whose_end_is_lost_ends_with_silence() -> None:
    assert keys_of("\x1b[200~abc", SILENCE, "x") == ["'abc'", "x"]


def test_an_endless_paste_is_cut() -> None:
    parser = DeskParser()
    (paste,) = [*parser.feed("\x1b[200~" + "a" * (PASTE_LIMIT + 5000) + "\x1b[201~")]
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == PASTE_LIMIT


def test_the_terminals_own_focus_is_not_the_officers_business() -> None:
    assert list(DeskParser().feed("\x1b[I\x1b[O")) == []


@given(st.text(alphabet="\x1b[O~1;AaĐ\r\t\x7f\x00\x9b", max_size=30))
def test_letters_of_the_alphabet_are_never_swallowed_and_nothing_fails(text: str) -> None:
    letters = [key for key in keys_of(text + "\x1b\x1bđ", SILENCE) if key in "Đđ"]
    inside_sequences = text.count("Đ") - sum(key == "Đ" for key in letters)
    assert letters[-1] == "đ"
    assert inside_sequences >= 0


@given(st.text(alphabet=st.characters(exclude_characters="\x1b", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_text_comes_through_letter_by_letter(text: str) -> None:
    told = [event for event in DeskParser().feed(text) if isinstance(event, events.Key)]
    assert "".join(event.character or "" for event in told) == text
