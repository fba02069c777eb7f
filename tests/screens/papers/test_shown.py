"""A desk without a printer: the code on the real screen that a phone reads, the slip as text, the file opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import settings, words
from desk.rules.proof import qr_text
from receipts.printing import Viewer
from receipts.screen_code import Cell
from screens.profiles import PROFILES
from screens.widgets.qr_view import QrView
from tests.receipts.test_qr import read
from tests.receipts.test_screen_code import screen_of
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player


async def at_paper(desk: Desk, officer: Player, profile: str = "full") -> str:
    dossier = desk.accept()
    desk.services.papers.make(dossier, "slip", desk.officer)
    await sign_in(officer)
    officer.app.draw_for(PROFILES[profile])  # type: ignore[index]  # the table names the profiles
    await officer.press("f7", "f4")
    assert officer.here == "ShownPaper"
    return dossier


def drawn(officer: Player) -> list[list[Cell]]:
    """Return the cells of the code as the terminal gets them: sign, whether its letter and its ground are dark."""
    region = officer.top.query_one(QrView).region
    strips = officer.app.screen._compositor.render_strips()
    lines = []
    for strip in strips[region.y : region.bottom]:
        for one in officer.app.get_line_filters():
            strip = strip.apply_filter(one, officer.top.styles.background)
        cells: list[Cell] = []
        for text, style, _control in strip.crop(region.x, region.right):
            assert style is not None and style.color is not None and style.bgcolor is not None
            fore, back = (max(color.get_truecolor()) < 128 for color in (style.color, style.bgcolor))
            cells += [("█", back, back) if sign == " " else (sign, fore, back) for sign in text]
        lines.append(cells)
    return lines


@pytest.mark.parametrize("gap", range(7))
async def test_a_phone_reads_the_code_from_the_screen_whatever_gap_lies_between_its_lines(desk: Desk, gap: int) -> None:
    context = desk.services.context
    context.settings = settings.changed(context.settings, tracking_url="https://dichvucong.quangninh.gov.vn/T/")
    async with desk.playing() as officer:
        dossier = await at_paper(desk, officer)
        cells = drawn(officer)
    assert (len(cells[0]), len(cells)) == (33, 17)
    wanted = qr_text(context.place().tracking_url, desk.short_form(dossier))
    assert read(screen_of(cells, 8, 16, gap)) == wanted


async def test_on_a_console_the_code_stands_in_full_blocks_in_23_lines(desk: Desk) -> None:
    async with desk.playing() as officer:
        dossier = await at_paper(desk, officer, "console")
        cells = drawn(officer)
        assert "Esc: back" in officer.screen()
    assert len(cells) == 23
    assert {sign for line in cells for sign, _fore, _back in line} == {"█"}
    assert read(screen_of(cells, 8, 16, 0)) == desk.short_form(dossier)


@pytest.mark.parametrize("size", [(80, 23), (120, 40)])
@pytest.mark.parametrize(("language", "photograph"), [("vi", "chụp mã này"), ("en", "photograph this code")])
async def test_beside_the_code_stands_what_the_keys_do(
    desk: Desk, size: tuple[int, int], language: str, photograph: str
) -> None:
    async with desk.playing(size=size) as officer:
        await sign_in(officer)
        words.speak(language)
        dossier = desk.accept()
        desk.services.papers.make(dossier, "slip", desk.officer)
        await officer.press("f7", "f4")
        assert photograph in officer.text()
        assert "H49.22.11-261125-0001" in officer.screen()
        await officer.press("t")
        assert "Nguyễn Thị Lan" in officer.text()
        assert "…" not in officer.screen(), "no line of the slip is cut"
        await officer.press("t", "escape")
        assert officer.here == "PapersScreen"


async def test_the_file_is_opened_by_the_system(desk: Desk, tmp_path: Path) -> None:
    desk.services.papers.viewer = Viewer(("cp", "-t", str(tmp_path)))
    async with desk.playing() as officer:
        await at_paper(desk, officer)
        await officer.press("o")
        assert "The system opened the file" in officer.text()
    assert [path.read_bytes()[:5] for path in tmp_path.glob("*.pdf")] == [b"%PDF-"]


async def test_a_machine_without_a_viewer_says_where_the_file_lies(desk: Desk) -> None:
    desk.services.papers.viewer = Viewer(("no-such-command",))
    async with desk.playing() as officer:
        await at_paper(desk, officer)
        await officer.press("o")
        spoken = officer.top._message.spoken
        assert spoken is not None and spoken.code == "PRINT-16"
        assert "could not be opened" in officer.text()
        await officer.press("f1")
        assert ".pdf" in officer.text()


async def test_a_paper_about_no_dossier_has_no_code_and_is_opened_all_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.services.papers.viewer = Viewer(("cp", "-t", str(tmp_path)))
    desk.services.papers.lists.head_check(desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "f4", "t", "o")
        assert "The system opened the file" in officer.text()
        assert list(officer.top.query_one(QrView).cells) == []
        await officer.press("enter")
        assert officer.here == "PapersScreen"
