"""The tests' own terminal: what it sends is what keyboards, UniKey and scanners send."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terminal import KEYS, Terminal, Way, _whole_sequences, scan, unikey

WORDS = ["tiếng", "được", "Huỳnh", "Bách", "thuở", "nghiêng", "ĐƯỜNG", "khuyển", "ương", "ơi", "Ặc"]
ECHO = """
import sys, tty
tty.setraw(0)
print("ready", end="\\r\\n", flush=True)
while True:
    print(repr(sys.stdin.buffer.raw.read(99)), end="\\r\\n", flush=True)
"""


def written(bursts: list[bytes]) -> str:
    text: list[str] = []
    for character in b"".join(bursts).decode():
        if character in "\x7f\x08":
            text.pop()
        else:
            text.append(character)
    return "".join(text)


@given(
    st.lists(st.sampled_from(WORDS)).map(" ".join),
    st.sampled_from(["last", "inside"]),
    st.sampled_from(["telex", "vni"]),
    st.sampled_from([b"\x7f", b"\x08"]),
)
def test_what_unikey_sends_writes_the_word(text: str, tone: str, by: str, erase: bytes) -> None:
    assert written(unikey(text, erase, tone=tone, by=by)) == text  # type: ignore[arg-type]  # what the function takes


def test_a_key_that_changes_letters_is_one_burst() -> None:
    assert unikey("được")[-1] == b"\x7f\x7f" + "ợc".encode()
    assert len(unikey("tiếng")) == len("tieengs")
    assert unikey("Đường", by="vni")[-3:] == [
        b"\x7f" * 4 + "ương".encode(),
        b"\x7f" * 5 + "Đương".encode(),
        b"\x7f" * 3 + "ờng".encode(),
    ]


def test_a_scan_ends_with_its_suffix() -> None:
    assert scan("0123", "\r\n") == b"0123\r\n"


@pytest.mark.parametrize("how", ["pty", "tmux"])
def test_bytes_reach_the_program_and_its_screen_is_seen(how: Way) -> None:
    with Terminal([sys.executable, "-c", ECHO], how) as terminal:
        terminal.wait_for("ready")
        terminal.key("F5")
        terminal.wait_for(repr(KEYS["F5"]))
        terminal.type("Ặ")
        terminal.wait_for(repr("Ặ".encode()))


def test_a_screen_that_does_not_come_is_shown_in_the_error() -> None:
    with Terminal([sys.executable, "-c", ECHO]) as terminal:
        terminal.wait_for("ready")
        with pytest.raises(AssertionError, match="ready"):
            terminal.wait_for("never", within_s=0.05)


def test_sequences_cut_in_the_middle_wait_for_their_rest() -> None:
    assert _whole_sequences(b"a\x1b[3") == (b"a", b"\x1b[3")
    assert _whole_sequences(b"a\x1b[31mb") == (b"a\x1b[31mb", b"")
