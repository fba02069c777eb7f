"""Papers of the owner's earlier dossiers: which are offered, and what taking them over writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.cases.form_input import form_of
from desk.cases.services import Services
from desk.clock import office_day
from desk.errors.attachments import ResultNotThere
from desk.rules.dossier import RESULT
from tests.homes import birth, opened

FORM, BIRTH_PAPER = 1, 2
"""Documents of a birth registration: a form, and what every dossier of it asks for."""


class Desk:
    """A home, and files that are attached in a line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.services: Services = opened(folder)
        self.officer = self.services.officers.the_one()

    def accept(self, number: int = 1, **changes: Any) -> str:
        form = form_of({**birth(number), **changes})
        return self.services.intake.accept(form, self.officer).dossier

    def attach(self, dossier: str, content: str, line: int = BIRTH_PAPER) -> None:
        file = self.folder / f"{content}.pdf"
        file.write_bytes(b"%PDF-" + content.encode())
        self.services.attaching.attach(dossier, [file], self.officer, line=line)

    def index(self) -> dict[str, tuple[int, int]]:
        """Return what the index of today says of files, each as number and base."""
        today = office_day(self.services.context.clock())
        counted = self.services.figures.counted(today, today)
        return {one.indicator: (one.share.n, one.share.base) for one in counted.index}

    def offered(self, dossier: str) -> list[str]:
        return [one.attached.name for one in self.services.reusing.offered(dossier)]

    def take_over(self, dossier: str) -> int:
        events = [one.attached.event for one in self.services.reusing.offered(dossier)]
        return self.services.reusing.take_over(dossier, events, self.officer)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.services.close()


def test_a_paper_for_the_same_document_is_taken_over_by_its_content_and_offered_no_more(desk: Desk) -> None:
    earlier, new = desk.accept(), desk.accept()
    desk.attach(earlier, "giấy chứng sinh")
    desk.attach(earlier, "tờ khai", FORM)
    desk.attach(earlier, "ngoài danh mục", 0)
    assert desk.offered(new) == ["giấy chứng sinh.pdf"]
    assert desk.take_over(new) == 1
    (one,), (event,) = (
        desk.services.lookup.show(new).attachments,
        [line for line in desk.services.lookup.show(new).history if line.kind == "document.attached"],
    )
    first = desk.services.lookup.show(earlier)
    assert (one.sha256, one.name, one.document, one.is_here) == (
        first.attachments[0].sha256,
        "giấy chứng sinh.pdf",
        BIRTH_PAPER,
        True,
    )
    assert event.body["from"] in {line.id for line in first.history}
    assert len(list(desk.services.context.attachments_folder.glob("??/*"))) == 3, "nothing is copied"
    assert desk.offered(new) == []


def test_the_newest_dossier_with_the_paper_is_offered_and_what_was_undone_is_not(desk: Desk) -> None:
    first, second, new = desk.accept(), desk.accept(), desk.accept()
    desk.attach(first, "cũ")
    desk.attach(second, "mới")
    assert desk.offered(new) == ["mới.pdf"]
    chosen = [one.attached.event for one in desk.services.reusing.offered(new)]
    desk.services.correcting.undo(desk.officer)
    assert desk.offered(new) == ["cũ.pdf"]
    assert desk.services.reusing.take_over(new, chosen, desk.officer) == 0
    assert desk.services.lookup.show(new).attachments == ()


def test_papers_of_another_owner_are_never_offered_even_where_he_filed_for_both(desk: Desk) -> None:
    earlier = desk.accept(1)
    desk.attach(earlier, "giấy chứng sinh")
    assert desk.offered(desk.accept(2)) == []
    assert desk.offered(desk.accept(2, submitter=birth(1)["owner"])) == []


def test_digitised_is_a_dossier_with_a_file_of_its_papers_and_one_of_its_result(desk: Desk) -> None:
    both, papers_only, result_only = desk.accept(1), desk.accept(2), desk.accept(3)
    assert desk.index()["digitised"] == (0, 3)
    for dossier in (both, papers_only):
        desk.attach(dossier, f"giấy chứng sinh {dossier}")
    with pytest.raises(ResultNotThere):
        desk.attach(both, "trích lục", RESULT)
    for dossier in (both, result_only):
        desk.services.moves.move(dossier, "resolved", desk.officer)
        desk.attach(dossier, f"trích lục {dossier}", RESULT)
    assert desk.index()["digitised"] == (1, 3)
    assert [one.is_result for one in desk.services.lookup.show(both).attachments] == [False, True]
    desk.services.correcting.undo(desk.officer)
    assert desk.index()["digitised"] == (1, 3), "the result of the other one was taken back"
    desk.attach(result_only, "tờ khai", 0)
    assert desk.index()["digitised"] == (1, 3)


def test_reused_is_a_dossier_that_took_a_paper_over(desk: Desk) -> None:
    earlier, new = desk.accept(), desk.accept()
    desk.attach(earlier, "giấy chứng sinh")
    assert desk.index()["reused"] == (0, 2)
    assert desk.take_over(new) == 1
    assert desk.index()["reused"] == (1, 2)
    desk.services.correcting.undo(desk.officer)
    assert desk.index()["reused"] == (0, 2)


def test_the_index_as_known_at_a_moment_knows_no_later_file(desk: Desk) -> None:
    earlier, new = desk.accept(), desk.accept()
    desk.attach(earlier, "giấy chứng sinh")
    then = desk.services.context.clock()
    desk.take_over(new)
    today = office_day(then)
    known = desk.services.figures.counted(today, today, known_at=then - timedelta(hours=1))
    assert {one.indicator: one.share.n for one in known.index}["reused"] == 0
