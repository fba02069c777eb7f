"""The scanner's test: the code can be read from the screen, every fault is named, the suffix is learnt and used."""

from __future__ import annotations

import pytest
from textual import events

from desk import settings
from desk.rules.reading_test import TEST_TEXT
from screens.profiles import PROFILES
from screens.widgets.qr_view import QrView
from tests.receipts.test_qr import read
from tests.receipts.test_screen_code import screen_of
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player

ENDS = {"\r": ("enter", "\r"), "\n": ("ctrl+j", "\n"), "\t": ("tab", "\t")}


async def at_scanner(officer: Player) -> None:
    await sign_in(officer)
    await officer.press("ctrl+g")
    await officer.type(" scanner")
    await officer.press("enter")
    assert officer.here == "ScannerTestScreen"


async def scan(officer: Player, text: str, ends: str = "\r") -> None:
    """Send a text and its ends as fast as a scanner does."""
    at_s = officer.app.monotonic()
    for number, letter in enumerate(text + ends):
        key, character = ENDS.get(letter, (letter, letter)) if number >= len(text) else (letter, letter)
        officer.app.take_key(events.Key(key, character), at_s + number * 0.001)
    await officer.settled()


def suffix(desk: Desk) -> str:
    return settings.load(desk.services.context.home).scanner_suffix


@pytest.mark.parametrize("gap", [0, 3, 6])
async def test_a_reader_reads_the_code_from_the_screen(desk: Desk, gap: int) -> None:
    async with desk.playing() as officer:
        await at_scanner(officer)
        cells = [list(row) for row in officer.top.query_one(QrView).cells]
        assert officer.top.query_one(QrView).size.height == len(cells)
    assert read(screen_of(cells, 8, 16, gap)) == TEST_TEXT


@pytest.mark.parametrize(
    ("ends", "learnt"),
    [("\r", "cr"), ("\r\n", "cr"), ("\r\r", "crcr"), ("\n", "lf"), ("\t", "tab"), ("", "none")],
)
async def test_the_end_of_a_scan_is_learnt_kept_and_used_at_once(desk: Desk, ends: str, learnt: str) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await at_scanner(officer)
        await scan(officer, TEST_TEXT, ends)
        assert ("Right:" in officer.text()) is bool(ends)
        assert ("Learnt and kept" in officer.text()) is (learnt != "cr")
        assert officer.app.keys.scanner.suffix == learnt == suffix(desk)
        await officer.press("f3")
        await scan(officer, desk.short_form(dossier), ends)
        assert officer.here == "DossierScreen"


@pytest.mark.parametrize(
    ("typed", "ends", "words"),
    [
        ("Đ0912/Ư/Ỏ/0123456789", "\r", "input method (Telex or VNI)"),
        ("DDđ9ăâ/W/Oo/đăâêôo\u0309", "\r", "is another code"),
        (TEST_TEXT.casefold(), "\r", "Caps Lock is on"),
        (TEST_TEXT[:9], "\r", "A part is missing"),
        (TEST_TEXT, "", "No Enter follows"),
        ("", "\r", "Only the end came"),
        ("x", "\r", "is another code"),
    ],
)
async def test_what_is_wrong_is_said_plainly(desk: Desk, typed: str, ends: str, words: str) -> None:
    async with desk.playing() as officer:
        await at_scanner(officer)
        await scan(officer, typed, ends)
        assert words in officer.text()
        assert officer.here == "ScannerTestScreen"


GARBAGE = {
    "markup": "[b]x[/q]" * 40,
    "long": "7" * 5_000,
    "separators": "\x1d" * 30,
    "marks": "\u0301" * 40,
    "wide": "日本" * 99,
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
async def test_garbage_is_shown_as_text_and_changes_nothing(desk: Desk, garbage: str) -> None:
    async with desk.playing() as officer:
        await at_scanner(officer)
        await scan(officer, garbage, "\t\t\n")
        assert "is another code" in officer.text()
        assert len(officer.screen().splitlines()) == 23
        assert officer.app.keys.scanner.suffix == "cr" == suffix(desk)


async def test_signs_of_control_inside_a_scan_are_no_keys_of_an_officer(desk: Desk) -> None:
    async with desk.playing() as officer:
        await at_scanner(officer)
        at_s = officer.app.monotonic()
        for number, (key, sign) in enumerate(
            [("D", "D"), ("ctrl+g", "\x07"), ("escape", "\x1b"), ("f3", None), ("9", "9")]
        ):
            officer.app.take_key(events.Key(key, sign), at_s + number * 0.001)
        await officer.settled()
        assert officer.here == "ScannerTestScreen"
        assert "Read: D9 (2 characters)" in officer.text()
        await officer.press("escape")
        assert officer.here == "HomeScreen"


async def test_a_paste_is_read_like_a_scan(desk: Desk) -> None:
    async with desk.playing() as officer:
        await at_scanner(officer)
        officer.app.take_key(events.Paste(f"{TEST_TEXT}\t"), officer.app.monotonic())
        await officer.settled()
        assert "Right:" in officer.text()
    assert suffix(desk) == "tab"


async def test_a_slip_that_is_scanned_here_opens_nothing_and_other_keys_work(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await at_scanner(officer)
        await scan(officer, desk.slip_text(dossier))
        assert officer.here == "ScannerTestScreen"
        assert "is another code" in officer.text()
        await officer.press("ctrl+g")
        await officer.type(" papers")
        await officer.press("enter")
        assert officer.here == "PapersScreen"
        await officer.scan(desk.short_form(dossier))
        assert officer.here == "DossierScreen"


async def test_a_console_without_half_blocks_asks_for_the_printed_code(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        officer.app.draw_for(PROFILES["console"])
        await officer.press("ctrl+g")
        await officer.type(" scanner")
        await officer.press("enter")
        assert "printer's test page" in officer.text()
        assert officer.top.query_one(QrView).cells == []
