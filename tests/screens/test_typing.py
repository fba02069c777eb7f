"""Typing, type-ahead and scanning on real terminals, byte by byte as keyboards, UniKey and scanners send it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from desk.rules.codes import with_check
from tests.screens.conftest import ROOT, SampleDesk
from tests.terminal import KEYS, Erase, Terminal, Way, scan, unikey
from tests.tools import needed

Start = Callable[..., SampleDesk]
WAYS: list[Way] = ["pty", "tmux"]
CARD = "022190000001|123456789|Nguyễn Thị Lan|15051990|Nữ|Tổ 1, phường Móng Cái 2, Quảng Ninh|01012022"
ESC = b"\x1b"


def short_codes(count: int) -> list[str]:
    chance = random.Random(20)
    return [with_check(f"{chance.randrange(10**20):020d}") for _ in range(count)]


def unikey_words(desk: SampleDesk, erase: Erase, gap_s: float) -> list[object]:
    for _ in range(10):
        desk.terminal.bursts([*unikey("tiếng được", erase), b"\r"], gap_s)
    return [*desk.told(10)]


@pytest.mark.parametrize("gap_s", [0.0, 0.03])
def test_what_unikey_sends_is_what_was_typed(sample_desk: Start, gap_s: float) -> None:
    erases: list[Erase] = [b"\x7f", b"\x08"]
    desks = [(sample_desk(how, "search"), erase) for how in WAYS for erase in erases]
    with ThreadPoolExecutor() as typists:  # the gaps are waited for together
        typing = [typists.submit(unikey_words, desk, erase, gap_s) for desk, erase in desks]
    assert [each.result() for each in typing] == [[["entered", "tiếng được"]] * 10] * len(desks)


@pytest.mark.parametrize("tone", ["last", "inside"])
def test_names_come_out_whole_when_every_key_of_unikey_is_fused_into_one_read(sample_desk: Start, tone: str) -> None:
    desk = sample_desk("pty", "search")
    names = ["Huỳnh Văn Bách", "Nguyễn Thị Hường", "ĐẶNG THUỲ DƯƠNG", "Lường Thị Ọi", "Vàng A Chứ", "Hoàng Khuyển"]
    for name in names:
        desk.terminal.bursts([*unikey(name, tone="last" if tone == "last" else "inside"), b"\r"])
    assert desk.told(len(names)) == [["entered", name] for name in names]


def test_letters_split_in_the_middle_of_their_bytes_are_joined(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    for byte in "Ặng\r".encode():
        desk.terminal.send(bytes([byte]))
        time.sleep(0.02)  # the bytes of one letter must come in reads of their own
    assert desk.told(1) == [["entered", "Ặng"]]


def test_letters_with_marks_of_their_own_are_joined_while_typing(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    name = "Nguyễn Thị Hường Đặng Ắng Ộ"
    desk.terminal.send(unicodedata.normalize("NFD", name).encode() + b"\r")
    assert desk.told(1) == [["entered", name]]


def test_bytes_that_are_no_utf_8_do_not_end_the_program(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    desk.terminal.send(b"a\xff\xfeb\x9bc\r")
    assert desk.told(1) == [["entered", "a\ufffd\ufffdb\ufffdc"]]


@pytest.mark.parametrize("how", WAYS)
def test_keys_that_edit_act_in_their_order_within_one_burst(sample_desk: Start, how: Way) -> None:
    desk = sample_desk(how, "search")
    desk.terminal.send(b"123" + KEYS["Left"] * 2 + b"X" + KEYS["Home"] + b"0" + KEYS["End"] + b"9\r")
    assert desk.told(1) == [["entered", "01X239"]]


@pytest.mark.parametrize("how", WAYS)
def test_six_fields_typed_ahead_in_one_burst_land_in_six_fields(sample_desk: Start, how: Way) -> None:
    desk = sample_desk(how, "form")
    desk.terminal.send("một\thai\tba\tbốn\tnăm\tsáu".encode() + KEYS["F9"])
    assert desk.told(1, "saved") == [["saved", ["một", "hai", "ba", "bốn", "năm", "sáu"]]]


@pytest.mark.parametrize("how", WAYS)
def test_keys_typed_ahead_across_changes_of_screen_land_in_the_new_screens_fields(sample_desk: Start, how: Way) -> None:
    desk = sample_desk(how, "home")
    one = KEYS["F2"] + b"Lan\tHoa" + KEYS["F9"]
    desk.terminal.send(one + b"3" + one + KEYS["F3"] + b"xyz\r")
    saved = ["saved", ["Lan", "Hoa", "", "", "", ""]]
    once = [["form", ""], saved, ["home"]]
    assert desk.told(9) == [["home"], *once, ["list", 3], *once, ["entered", "xyz"]]


def test_keys_typed_before_the_desk_is_open_are_not_lost(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    command = [sys.executable, "-m", "tests.screens.sample", str(diary), "cr", "search"]
    with Terminal(command, env={"PYTHONPATH": str(ROOT)}, cwd=ROOT) as terminal:
        terminal.wait_until(lambda _screen: b"\x1b[?1049h" in terminal.received)
        terminal.send(b"early\r")
        terminal.wait_until(lambda _screen: diary.exists() and diary.read_text(encoding="utf-8").endswith("\n"))
    assert diary.read_text(encoding="utf-8") == '["entered", "early"]\n'


@contextmanager
def inside_a_tmux(command: list[str]) -> Iterator[list[str]]:
    """Yield what runs `command` in a tmux of its own, which goes away in the end with all that runs in it."""
    needed("tmux")
    tmux = [shutil.which("tmux") or "tmux", "-u", "-L", f"desk-test-{uuid.uuid4().hex[:12]}", "-f", os.devnull]
    try:
        yield [*tmux, "new-session", *command]
    finally:
        subprocess.run([*tmux, "kill-server"], capture_output=True, check=False)


NAMES = {"-": "minus", "=": "equals_sign", "\t": "tab", "\x7f": "backspace", "\x08": "backspace", "\r": "enter"}


@pytest.mark.parametrize("inside_tmux", [False, True], ids=["bare", "inside tmux"])
def test_esc_followed_at_once_by_a_key_is_esc_and_then_that_key(tmp_path: Path, inside_tmux: bool) -> None:
    diary = tmp_path / "diary"
    command = [sys.executable, "-m", "tests.screens.sample", str(diary), "cr", "keys"]
    inside = inside_a_tmux(command) if inside_tmux else nullcontext(command)
    with inside as whole, Terminal(whole, env={"PYTHONPATH": str(ROOT)}) as t:
        t.wait_for("Keys")
        keys = [*"1234567890-=bfđ", "\t", "\x7f", "\r"]
        for key in keys:
            t.send(ESC + key.encode())
            t.wait_until(
                lambda _s, key=key: diary.exists() and diary.read_text("utf-8").count("escape") > keys.index(key)
            )
        t.send(b".")
        t.wait_until(lambda _screen: "full_stop" in diary.read_text("utf-8"))
    told = [line.partition(", ")[2].strip('"]') for line in diary.read_text("utf-8").splitlines()]
    assert told == [each for key in keys for each in ("escape", NAMES.get(key, key))] + ["full_stop"]


FIRST_FIVE = {
    "xterm-256color": [KEYS[f"F{n}"] for n in range(1, 6)],
    "linux": [b"\x1b[[" + bytes([n]) for n in b"ABCDE"],
}
OTHERS = ["F6", "F7", "F8", "F9", "Up", "Down", "Left", "Right", "PageUp", "PageDown", "Delete"]
CONTROLS = ["Ctrl+G", "Ctrl+Z", "Ctrl+R", "Ctrl+L", "Ctrl+S"]


@pytest.mark.parametrize("term", FIRST_FIVE)
def test_each_key_of_the_map_comes_through_tmux_from_every_kind_of_terminal(tmp_path: Path, term: str) -> None:
    diary = tmp_path / "diary"
    command = [sys.executable, "-m", "tests.screens.sample", str(diary), "cr", "keys"]
    with (
        inside_a_tmux(command) as whole,
        Terminal(whole, env={"PYTHONPATH": str(ROOT), "TERM": term}) as terminal,
    ):
        terminal.wait_for("Keys")
        terminal.send(b"".join([*FIRST_FIVE[term], *(KEYS[name] for name in [*OTHERS, "Tab", "BackTab", *CONTROLS])]))
        terminal.send(b".")
        terminal.wait_until(lambda _screen: diary.exists() and "full_stop" in diary.read_text("utf-8"))
    told = [line.partition(", ")[2].strip('"]') for line in diary.read_text("utf-8").splitlines()]
    names = [name.lower() for name in OTHERS]
    controls = [name.lower() for name in CONTROLS]
    assert told == [*(f"f{n}" for n in range(1, 6)), *names, "tab", "shift+tab", *controls, "full_stop"]


@pytest.mark.parametrize("how", WAYS)
def test_twenty_scans_of_twenty_are_known_in_three_ways_of_writing(sample_desk: Start, how: Way) -> None:
    desk, codes = sample_desk(how, "search"), short_codes(20)
    for piece in (999, 16, 1):
        for code in codes:
            data = scan(code)
            desk.terminal.bursts([data[at : at + piece] for at in range(0, len(data), piece)], 0.001)
        assert desk.told(20) == [[f"short {code}", ""] for code in codes]


def test_three_codes_in_one_read_are_three_scans(sample_desk: Start) -> None:
    desk, codes = sample_desk("pty", "search"), short_codes(3)
    desk.terminal.send(b"".join(scan(code) for code in codes))
    assert desk.told(3) == [[f"short {code}", ""] for code in codes]


def test_a_scan_is_taken_back_out_of_the_field_and_what_was_typed_stays(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    desk.terminal.type("Trần", gap_s=0.05)
    time.sleep(0.3)  # the officer takes up the scanner
    desk.terminal.send(scan(CARD))
    assert desk.told(1) == [["card 022190000001 Nguyễn Thị Lan", "Trần"]]
    time.sleep(0.2)  # an Enter within the suffix's time would belong to the scanner
    desk.terminal.send(b"\r")
    assert desk.told(1) == [["entered", "Trần"]]


@pytest.mark.parametrize(
    ("setting", "suffix"),
    [("cr", "\r"), ("cr", "\r\n"), ("crcr", "\r\r"), ("lf", "\n"), ("tab", "\t"), ("none", "")],
)
def test_exactly_the_suffix_of_the_scanner_belongs_to_the_scan(sample_desk: Start, setting: str, suffix: str) -> None:
    desk, (code, *_) = sample_desk("pty", "search", setting), short_codes(1)
    desk.terminal.send(scan(code, suffix))
    time.sleep(0.2)  # typed-ahead keys start 200 ms after a scan
    desk.terminal.send(b"next\r")
    assert desk.told(2) == [[f"short {code}", ""], ["entered", "next"]]


@pytest.mark.parametrize("first", ["home", "pin", "form"])
def test_a_card_is_known_where_keys_act_at_once_and_nothing_else_happens(sample_desk: Start, first: str) -> None:
    desk = sample_desk("pty", first)
    if first != "pin":
        desk.told(1)
    desk.terminal.send(scan(CARD))
    time.sleep(0.2)
    desk.terminal.send(b"Hoa" + KEYS["F9"] if first != "pin" else b"123456")
    card = "card 022190000001 Nguyễn Thị Lan"
    if first == "pin":
        assert desk.told(2) == [[card, ""], ["pin", "123456"]]
    else:
        assert desk.told(2) == [["form", card], ["saved", ["Hoa", "", "", "", "", ""]]]


def test_what_was_typed_before_the_survey_was_seen_never_answers_it(sample_desk: Start) -> None:
    desk = sample_desk("pty", "home")
    desk.told(1)
    desk.terminal.send(KEYS["F5"] + b"1Lan\tHoa" + KEYS["F9"])
    desk.terminal.wait_for("Good")
    time.sleep(0.1)
    desk.terminal.send(b"2")
    assert desk.told(3) == [["answered", 2], ["form", ""], ["saved", ["1Lan", "Hoa", "", "", "", ""]]]
