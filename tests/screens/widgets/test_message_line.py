"""The line on which the desk speaks: a printer's trouble takes nothing away from what it says was done."""

from __future__ import annotations

import pytest

from desk import words
from desk.errors.printing import PrinterOutOfPaper, PrinterRefused
from desk.words import N_
from screens.widgets.message_line import MessageLine
from tests.screens.desks import Desk, sign_in

SAVED = N_("Saved: {code}. Due {due}. Fee {fee}.")
NATIONAL = "000.31.15.H49-261125-0001"


@pytest.mark.parametrize("size", [(80, 23), (120, 40)])
@pytest.mark.parametrize(
    ("language", "saved", "trouble"), [("vi", "Đã lưu:", "Chưa in được"), ("en", "Saved:", "The paper was")]
)
async def test_what_was_saved_and_what_was_not_printed_stand_side_by_side(
    desk: Desk, size: tuple[int, int], language: str, saved: str, trouble: str
) -> None:
    async with desk.playing(size=size) as officer:
        await sign_in(officer)
        words.speak(language)
        officer.top.tell_done(SAVED, code=NATIONAL, due="02/12/2026", fee="0 đ")
        officer.top.say_beside(PrinterOutOfPaper(printer="HP [/x] LaserJet"))
        await officer.settled()
        line = officer.screen().splitlines()[-2]
        assert f"{saved} {NATIONAL}" in line
        assert trouble in line
        assert "F1 PRINT-03" in line
        await officer.press("f1")
        assert "02/12/2026" in officer.text()
        assert "HP [/x] LaserJet" in officer.text()


async def test_a_second_trouble_leaves_what_was_saved_on_the_line(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        officer.top.tell_done(SAVED, code=NATIONAL, due="02/12/2026", fee="0 đ")
        officer.top.say_beside(PrinterOutOfPaper(printer="HP"))
        officer.top.say_beside(PrinterRefused(printer="HP", said_by_it="đ" * 300))
        await officer.settled()
        line = officer.screen().splitlines()[-2]
        assert NATIONAL in line
        assert "F1 PRINT-04" in line
        assert len(line) <= 80


async def test_a_trouble_alone_has_the_whole_line(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        officer.top.tell(N_("No paper waits for the printer."))
        officer.top.say_beside(PrinterOutOfPaper(printer="HP"))
        await officer.settled()
        assert officer.screen().splitlines()[-2].startswith(" The paper was not printed: HP has no paper.")
        assert officer.top.query_one(MessageLine).spoken is not None
