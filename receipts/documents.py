"""The tables of documents that several papers carry."""

from __future__ import annotations

from collections.abc import Sequence

from receipts.content import CertifiedDocument, DocumentLine
from receipts.frame import TABLE_PT, Paper
from receipts.layout import Column
from receipts.tables import Table
from receipts.wrapping import Run, Runs


def document_table(paper: Paper, documents: Sequence[DocumentLine]) -> None:
    """Write documents with their counts as original, certified copy, copy and electronic copy.

    A count of 0 is left empty, as officers read the table by its filled places.
    """
    group = "Số bản"
    columns = [
        Column("STT", 8, "center"),
        Column("Tên giấy tờ", 56),
        Column("chính", 10, "center", group),
        Column("chứng thực", 17, "center", group),
        Column("chụp", 10, "center", group),
        Column("điện tử", 13, "center", group),
    ]
    rows: list[list[Runs]] = []
    for at, line in enumerate(documents, start=1):
        name: Runs = line.name
        if line.note:
            name = [Run(f"{line.name} "), Run(f"({line.note})", "italic")]
        counts = (line.original, line.certified_copy, line.copy, line.electronic_copy)
        rows.append([str(at), name, *map(_count, counts)])
    Table(paper.flow, columns, TABLE_PT).write(rows)


def given_back(paper: Paper, documents: Sequence[DocumentLine]) -> None:
    """Write which papers go back to the citizen, nothing where none were taken in."""
    if documents:
        paper.flow.text("Giấy tờ trả lại cho người nộp gồm:", "bold")
        document_table(paper, documents)
        paper.flow.gap(0.8)


def certification_table(paper: Paper, documents: Sequence[CertifiedDocument]) -> None:
    """Write documents brought for certification: pages, copies on paper, copies signed electronically."""
    columns = [
        Column("STT", 8, "center"),
        Column("Tên giấy tờ", 60),
        Column("Số trang", 13, "center"),
        Column("Số bản giấy", 16, "center"),
        Column("Số bản ký số", 16, "center"),
    ]
    rows: list[list[Runs]] = [
        [str(at), line.name, str(line.pages), _count(line.copies), _count(line.electronic_copies)]
        for at, line in enumerate(documents, start=1)
    ]
    Table(paper.flow, columns, TABLE_PT).write(rows)


def _count(number: int) -> str:
    return str(number) if number else ""
