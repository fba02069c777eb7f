"""A table is read whole or refused whole, with every fault named by its line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.reference import ReferenceFaulty, ReferenceUnreadable
from desk.rules.reference.table import FaultList, Row, day_of, rows_of, text_of
from desk.words import speak, told


def _read(text: str) -> list[Row]:
    faults = FaultList()
    rows = list(rows_of(text, ("code", "name"), ("code", "name", "day", "list"), faults))
    faults.refuse()
    return rows


def _told(text: str) -> str:
    with pytest.raises(ReferenceFaulty) as raised:
        _read(text)
    return told(raised.value).message


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_spreadsheet_program_may_part_the_cells_by_comma_semicolon_or_tab(mark: str) -> None:
    rows = _read(f"code{mark}name\n1{mark}Khai sinh\n2{mark}Khai tử\n")
    assert [(row.line, row.text("code"), row.text("name")) for row in rows] == [
        (2, "1", "Khai sinh"),
        (3, "2", "Khai tử"),
    ]


def test_a_row_is_named_by_the_line_it_begins_on_though_a_cell_before_it_holds_line_breaks() -> None:
    rows = _read('code,name\n1,"Khai\nsinh"\n\n2,Khai tử\n')
    assert [(row.line, row.text("name")) for row in rows] == [(2, "Khai sinh"), (5, "Khai tử")]


def test_cells_are_cleaned_at_the_door() -> None:
    (row,) = _read("\ufeffCode, name \n1,\x1b[31mCải  chính\u200b \n")
    assert row.text("name") == "[31mCải chính"


def test_a_missing_column_and_an_unknown_one_are_named_with_the_nearest() -> None:
    assert _told("code,naem\n1,x\n") == (
        "The file was not imported, it has faults (2): line 1: the column name is missing; "
        "line 1: the column naem is unknown; meant is perhaps name."
    )


def test_an_unknown_column_that_is_near_to_none_is_named_alone() -> None:
    assert _told("code,name,zzzzzz\n1,x,y\n") == (
        "The file was not imported, it has faults (1): line 1: the column zzzzzz is unknown."
    )


def test_a_column_twice_is_a_fault() -> None:
    assert "line 1: the column name is there twice" in _told("code,name,name\n1,x,y\n")


def test_more_cells_than_columns_are_a_fault_but_empty_ones_behind_are_not() -> None:
    assert "line 3: 3 cells where the first line names 2 columns." in _told("code,name\n1,x,\n2,x,y\n")


def test_quotes_that_do_not_close_are_named_by_the_line_where_the_row_begins() -> None:
    assert "line 3: the quotation marks do not pair." in _told('code,name\n1,x\n2,"y\n3,z\n')


@pytest.mark.parametrize("text", ["", "\n\n", "code,name\n", "code,name\n,\n"])
def test_a_table_without_rows_is_refused(text: str) -> None:
    assert _told(text).startswith("The file was not imported")


def test_the_first_five_faults_are_shown_and_all_are_counted() -> None:
    faults = FaultList()
    for row in rows_of("code,name\n" + "1,\n" * 7, ("code", "name"), ("code", "name"), faults):
        row.needed("name")
    with pytest.raises(ReferenceFaulty) as raised:
        faults.refuse()
    message = told(raised.value).message
    assert message.startswith("The file was not imported, it has faults (7): line 2: name is empty; line 3:")
    assert message.endswith("line 6: name is empty; …")


def test_a_fault_speaks_the_language_in_which_it_is_shown() -> None:
    faults = FaultList()
    faults.add(4, "{column} is empty", column="name_vi")
    with pytest.raises(ReferenceFaulty) as raised:
        faults.refuse()
    speak("vi")
    try:
        assert "dòng 4: name_vi để trống." in told(raised.value).message
    finally:
        speak("en")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-30", date(2026, 4, 30)),
        ("30/04/2026", date(2026, 4, 30)),
        ("1/5/2026", date(2026, 5, 1)),
        ("2026-02-30", None),
        ("31/04/2026", None),
        ("0000-01-01", None),
        ("30-04-2026", None),
        ("20260430", None),
    ],
)
def test_a_day_is_read_as_written_by_hand_or_by_a_spreadsheet_program(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_spreadsheet_programs_write(encoding: str) -> None:
    assert text_of("code,name\n1,Chứng thực".encode(encoding)) == "code,name\n1,Chứng thực"


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"Ch\xfang th\xf9c", b"\xff\xfea"])
def test_a_workbook_or_another_encoding_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(ReferenceUnreadable):
        text_of(content)


@given(st.text(alphabet='ab,;"\n\r\t \x00é', max_size=60))
def test_no_text_makes_more_than_a_sentence(text: str) -> None:
    try:
        rows = _read("code,name\n" + text)
    except ReferenceFaulty as error:
        assert told(error).message
    else:
        assert rows
