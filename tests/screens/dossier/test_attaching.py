"""Attachments on the dossier: what the scanner's program wrote is chosen, attached, and then moved away."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.cases.scanning import Scanning
from desk.cases.services import Services
from desk.settings import changed
from tests.screens.desks import Desk, with_other
from tests.screens.dossier.test_screen import opened

PDF = b"%PDF-1.7\n"


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    """The folder of the scanner's program, named in the settings; nobody waits between the two looks."""
    made = tmp_path / "scans"
    made.mkdir()
    services: Services = desk.services
    services.context.settings = changed(services.context.settings, scan_folder=str(made))
    scanning = Scanning(services.context, services.attaching, pause=lambda seconds: None)
    desk.services = with_other(services, scanning=scanning)
    return made


async def test_files_of_the_scanner_are_chosen_attached_and_moved_away(desk: Desk, folder: Path) -> None:
    dossier = desk.accept()
    for name, content in (("giấy chứng sinh.pdf", PDF), ("trang 2.pdf", PDF + b"2"), ("hỏng.pdf", b"MZ")):
        (folder / name).write_bytes(content)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("a")
        assert "Nothing is attached yet." in officer.screen()
        await officer.press("enter")
        assert officer.here == "ChooseSome"
        assert "no PDF or picture" in officer.screen()
        await officer.press("3")
        assert "no PDF, JPEG, PNG or TIFF" in officer.said()
        await officer.press("1", "2", "enter")
        assert officer.here == "Choose"
        await officer.press("2")
        assert officer.here == "DossierScreen"
        assert "Files attached: 2" in officer.said()
        assert "files: 2" in officer.screen()
        await officer.press("a")
        assert "giấy chứng sinh.pdf" in officer.screen()
    attached = desk.services.lookup.show(dossier).attachments
    assert {(one.name, one.document, one.is_here) for one in attached} == {
        ("giấy chứng sinh.pdf", 2, True),
        ("trang 2.pdf", 2, True),
    }
    assert {path.name for path in folder.iterdir()} == {"hỏng.pdf", "attached"}
    assert {path.name for path in (folder / "attached").iterdir()} == {"giấy chứng sinh.pdf", "trang 2.pdf"}


async def test_of_a_resolved_dossier_the_result_is_chosen_first(desk: Desk, folder: Path) -> None:
    dossier = desk.accept()
    desk.services.moves.move(dossier, "resolved", desk.officer)
    (folder / "trích lục.pdf").write_bytes(PDF)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("a", "enter", "1", "enter", "enter")
        assert "Files attached: 1" in officer.said()
        await officer.press("a")
        assert "the result" in officer.screen()
    (one,) = desk.services.lookup.show(dossier).attachments
    assert one.is_result


async def test_nothing_is_attached_or_moved_where_the_officer_goes_back_or_it_cannot_be(
    desk: Desk, folder: Path
) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("a", "enter")
        assert "holds no new file" in officer.said()
        (folder / "a.pdf").write_bytes(PDF)
        await officer.press("a", "enter", "enter", "escape")
        assert "lie where they were" in officer.said()
        await officer.press("a", "enter", "enter")
        (folder / "a.pdf").write_bytes(PDF + b"another citizen")
        await officer.press("1")
        assert "has changed since it was shown" in officer.said()
        context = desk.services.context
        context.settings = changed(context.settings, scan_folder="")
        await officer.press("a", "enter")
        assert "does not know where the scanner's program puts its files" in officer.said()
    assert desk.services.lookup.show(dossier).attachments == ()
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]


async def test_papers_of_the_owner_s_earlier_dossier_are_taken_over(desk: Desk, folder: Path) -> None:
    earlier, new = desk.accept(), desk.accept()
    (folder / "giấy chứng sinh.pdf").write_bytes(PDF)
    desk.services.attaching.attach(earlier, [folder / "giấy chứng sinh.pdf"], desk.officer, line=2)
    async with desk.playing() as officer:
        await opened(desk, officer, new)
        await officer.press("a")
        assert "earlier dossiers of this owner (1)" in officer.screen()
        await officer.press("f4")
        assert " 261125-0001 " in officer.screen() and "giấy chứng sinh.pdf" in officer.screen()
        await officer.press("enter")
        assert "Files taken over from earlier dossiers: 1." in officer.said()
        assert "of an earlier dossier" in officer.screen()
        await officer.press("a")
        assert "earlier dossiers of this owner" not in officer.screen()
