"""Papers judged from files: the worst code of a file counts, and files without one are not ours."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from desk.cases.form_input import form_of
from desk.cases.papers import MadePaper
from tests.desk.cases.conftest import Office
from tests.homes import birth
from tests.receipts.looking import pictures
from tests.receipts.samples import SLIP


def made(office: Office, number: int = 1) -> MadePaper:
    saved = office.services.intake.accept(form_of(birth(number)), office.officer)
    return office.services.papers.make(saved.dossier, "slip", office.officer)


def test_a_pdf_and_a_picture_of_it_are_genuine(office: Office, tmp_path: Path) -> None:
    paper = made(office)
    verdict = office.services.papers.verify_file(paper.path)
    assert (verdict.word, verdict.confirmed, verdict.code) == ("genuine", True, "H49.22.11-261125-0001")
    pictures(paper.path.read_bytes(), 200)[0].save(tmp_path / "scan.png")
    assert office.services.papers.verify_file(tmp_path / "scan.png").word == "genuine"


def test_an_original_after_its_reprint_is_genuine_and_replaced(office: Office) -> None:
    paper = made(office)
    dossier = office.services.papers.newest()[0].dossier
    again = office.services.papers.make(dossier, "slip", office.officer, reprint=True)
    assert office.services.papers.verify_file(paper.path).replaced_by == 2
    assert office.services.papers.verify_file(again.path).replaced_by is None


def test_a_genuine_code_beside_a_strange_one_does_not_cover_for_it(office: Office, tmp_path: Path) -> None:
    from receipts import slip

    mine = pictures(made(office).path.read_bytes(), 200)[0]
    strange = pictures(slip.render(SLIP), 200)[0]
    both = Image.new("L", (mine.width + strange.width, max(mine.height, strange.height)), 255)
    both.paste(mine, (0, 0))
    both.paste(strange, (mine.width, 0))
    both.save(tmp_path / "both.png")
    assert office.services.papers.verify_file(tmp_path / "both.png").word == "unknown_key"


def test_a_file_without_a_code_is_not_ours(office: Office, tmp_path: Path) -> None:
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    verdict = office.services.papers.verify_file(tmp_path / "white.png")
    assert (verdict.word, verdict.why) == ("not_ours", "no_digits")
