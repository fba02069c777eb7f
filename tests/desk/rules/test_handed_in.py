"""What counts as handed in, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from desk.rules.dossier import DocumentCount, RequiredDocument
from desk.rules.handed_in import as_asked, handed_in, missing
from desk.rules.reference.catalogue import parse_catalogue
from sample_data.shipped import shipped_text

Form = Literal["form", "original", "copy", "certified_copy", "present", "photo"]
FORM = RequiredDocument(1, "Tờ khai", "Form", "form", 1, 0, required=True)
COPY = RequiredDocument(2, "Bản sao", "Copy", "certified_copy", 0, 2, required=True)
IF_ANY = RequiredDocument(3, "Văn bản ủy quyền", "Power of attorney", "original", 1, 0, required=False)
BIRTH = replace(
    next(one for one in parse_catalogue(shipped_text("catalogue")) if one.code == "1.001193"),
    documents=(FORM, COPY, IF_ANY),
)


def test_a_document_counts_in_the_form_it_is_asked_in() -> None:
    assert as_asked(FORM) == DocumentCount(1, original=1)
    assert as_asked(COPY) == DocumentCount(2, certified_copy=2)
    assert as_asked(replace(COPY, form="photo")) == DocumentCount(2, copy=2)
    assert as_asked(replace(FORM, originals=0, copies=2)) == DocumentCount(1, original=1, copy=2)


def test_naming_none_means_everything_required_as_asked() -> None:
    assert handed_in(BIRTH, None) == (DocumentCount(1, original=1), DocumentCount(2, certified_copy=2))


def test_counts_come_in_the_order_of_the_list() -> None:
    assert handed_in(BIRTH, [DocumentCount(3, copy=1), DocumentCount(1, original=1)])[0].seq == 1


def test_an_empty_count_is_a_missing_document_and_a_conditional_one_never_is() -> None:
    assert missing(BIRTH, [DocumentCount(1), DocumentCount(2, electronic_copy=1)]) == (FORM,)


@pytest.mark.parametrize(
    ("form", "originals", "copies", "count"),
    [
        ("certified_copy", 0, 0, DocumentCount(1, certified_copy=1)),
        ("copy", 0, 0, DocumentCount(1, copy=1)),
        ("copy", 3, 2, DocumentCount(1, copy=3)),
        ("photo", 0, 4, DocumentCount(1, copy=4)),
        ("present", 1, 0, DocumentCount(1, original=1)),
    ],
)
def test_every_form_is_counted_where_it_belongs(form: Form, originals: int, copies: int, count: DocumentCount) -> None:
    assert as_asked(replace(FORM, form=form, originals=originals, copies=copies)) == count


def test_all_kinds_of_a_document_add_up() -> None:
    assert DocumentCount(1, original=1, certified_copy=2, copy=4, electronic_copy=8).total == 15
    assert missing(BIRTH, [DocumentCount(1, copy=1), DocumentCount(2, certified_copy=1)]) == ()
