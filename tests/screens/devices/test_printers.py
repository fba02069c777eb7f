"""The printers' page: chosen by digits, kept in the settings, in force at once, tried with the device's answer."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from desk import settings, words
from receipts.printing import FolderPrinter, Viewer
from screens.seat import Seat
from screens.widgets.rows import Rows
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player, playing


async def at_printers(officer: Player) -> None:
    await sign_in(officer)
    await officer.press("ctrl+g")
    await officer.type(" printers")
    await officer.press("enter")
    assert officer.here == "PrintersScreen"


def kept(desk: Desk) -> settings.Settings:
    return settings.load(desk.services.context.home)


def line(officer: Player, number: int) -> str:
    return " ".join(officer.top.query_one("#lines", Rows)._rows[number - 1])


async def test_a_folder_takes_the_next_paper_without_a_new_start(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "giấy [/x] in"
    async with desk.playing() as officer:
        await at_printers(officer)
        await officer.press("1", "3")
        await officer.type(str(folder))
        await officer.press("enter")
        assert "Kept" in officer.said()
        assert str(folder) in line(officer, 1)
        await officer.press("5")
        assert "took the test page and answered" in officer.text()
        assert len(list(folder.glob("*.pdf"))) == 1
        await officer.press("2", "2")
        assert line(officer, 2).endswith("A4")
    assert (kept(desk).printer, kept(desk).paper_size) == (f"folder:{folder}", "A4")
    assert isinstance(desk.services.papers.printer, FolderPrinter)
    made = desk.services.papers.make(desk.accept(), "slip", desk.officer)
    desk.services.papers.send(made.job)
    assert len(list(folder.glob("*.pdf"))) == 2
    assert b"595.2756 841.8898" in made.path.read_bytes(), "the next paper has the size that was chosen"


async def test_no_printer_at_all_can_be_chosen(desk: Desk) -> None:
    async with desk.playing() as officer:
        await at_printers(officer)
        await officer.press("1", "2")
    assert kept(desk).printer == "none"
    assert isinstance(desk.services.papers.printer, Viewer)


async def test_a_print_queue_is_chosen_from_those_of_the_system(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.cases.devices.print_queues", lambda: ("HP[/b]", "Quầy-2"))
    async with desk.playing() as officer:
        await at_printers(officer)
        await officer.press("1")
        assert "HP[/b]" in officer.screen()
        await officer.press("6")
        assert "Quầy-2" in line(officer, 1)
    assert kept(desk).printer == "Quầy-2"


async def test_a_network_printer_prints_the_test_page_on_its_roll(desk: Desk) -> None:
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        taking = threading.Thread(target=_take, args=(server, received))
        taking.start()
        async with desk.playing() as officer:
            await at_printers(officer)
            await officer.press("6")
            assert "no receipt printer" in officer.said()
            await officer.press("3", "2")
            await officer.type(f"127.0.0.1:{server.getsockname()[1]}")
            await officer.press("enter", "4", "2", "6")
            assert "took the test page; it gives no answer" in officer.text()
        taking.join(10)
    assert b"\x1dv0" in received[0], "a picture, never text in a code page"
    assert kept(desk).receipt_paper == "58"


def _take(server: socket.socket, received: list[bytes]) -> None:
    connection, _address = server.accept()
    with connection:
        received.append(b"".join(iter(lambda: connection.recv(65536), b"")))


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_a_dead_printer_is_named_with_what_to_do_and_blocks_no_key(desk: Desk, language: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    async with desk.playing() as officer:
        await at_printers(officer)
        words.speak(language)
        await officer.press("3", "2")
        await officer.type(f"127.0.0.1:{port}")
        await officer.press("enter", "6")
        assert "(PRINT-04)" in officer.text()
        assert f"127.0.0.1:{port}" in officer.text()
        await officer.press("escape")
        assert officer.here == "HomeScreen"


@pytest.mark.parametrize("typed", ["[/x]:99999", "[", ":9100", "a" * 200, "may in:x"])
async def test_a_wrong_address_changes_nothing(desk: Desk, typed: str) -> None:
    before = kept(desk)
    async with desk.playing() as officer:
        await at_printers(officer)
        await officer.press("3", "2")
        await officer.type(typed)
        await officer.press("enter")
        assert "No printer can be reached" in officer.said()
    assert kept(desk) == before


async def test_esc_and_an_empty_field_leave_everything_as_it_was(desk: Desk) -> None:
    before = kept(desk)
    async with desk.playing() as officer:
        await at_printers(officer)
        await officer.press("1", "3", "enter")
        assert "Type something" in officer.screen()
        await officer.press("escape", "3", "escape", "2", "escape")
        assert officer.here == "PrintersScreen"
    assert kept(desk) == before


@pytest.mark.parametrize("size", [(80, 23), (120, 40)])
@pytest.mark.parametrize(("language", "word"), [("vi", "Thử máy quét"), ("en", "Test the scanner")])
async def test_all_lines_are_seen_in_both_languages(
    desk: Desk, size: tuple[int, int], language: str, word: str
) -> None:
    async with playing(desk.app(), size=size) as officer:
        await at_printers(officer)
        while words.language() != language:
            await officer.press("ctrl+g", "l")
        assert word in officer.screen()
        assert "…" not in officer.screen()


async def test_the_first_sign_in_after_the_set_up_leads_here_and_esc_goes_home(desk: Desk) -> None:
    app = desk.app()

    def seat() -> Seat:
        made = Seat(desk.services)
        made.begins_at = "printers"
        return made

    app.open_services = seat
    async with playing(app) as officer:
        await sign_in(officer)
        assert officer.here == "PrintersScreen"
        await officer.press("escape")
        assert officer.here == "HomeScreen"
