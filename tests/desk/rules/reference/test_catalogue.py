"""Procedures and their documents come from files; what is wrong is named by its line."""

from __future__ import annotations

import pytest

from desk.errors.reference import ReferenceFaulty
from desk.rules.dossier import Procedure, Term
from desk.rules.reference.catalogue import (
    known_fee,
    parse_catalogue,
    parse_documents,
    with_documents,
)
from desk.words import told

COLUMNS = "code,alias,name_vi,field_code,field_vi,time_value,time_unit,channels"
GOOD = "1.001193,Khai sinh,Đăng ký khai sinh,HT,Hộ tịch,1,within_day,counter;online"


def _one(extra_columns: str = "", extra_cells: str = "") -> Procedure:
    (procedure,) = parse_catalogue(f"{COLUMNS}{extra_columns}\n{GOOD}{extra_cells}\n")
    return procedure


def _faults(text: str) -> list[str]:
    with pytest.raises(ReferenceFaulty) as raised:
        parse_catalogue(text)
    return told(raised.value).message.partition(": ")[2].removesuffix(".").split("; line ")


def test_a_row_with_the_needed_cells_is_a_procedure() -> None:
    procedure = _one()
    assert (procedure.code, procedure.alias, procedure.number) == ("1.001193", "Khai sinh", 1001193)
    assert procedure.name_en == procedure.name_vi
    assert procedure.term == Term(1.0, "within_day")
    assert procedure.channels == ("counter", "online")
    assert (procedure.slip_policy, procedure.level, procedure.unconfirmed) == ("always", "commune", ())


@pytest.mark.parametrize(
    ("amount", "basis", "fee"),
    [
        (8000, "8.000 đồng/bản", 8000),
        (8000, "", 8000),
        (0, "Miễn phí", 0),
        (None, "Miễn lệ phí", 0),
        (0, "Không quy định", 0),
        (0, "HĐND cấp tỉnh quy định; miễn cho hộ nghèo", None),
        (0, "Không có thông tin", None),
        (0, "", None),
        (None, "Theo nghị quyết HĐND cấp tỉnh", None),
    ],
)
def test_a_fee_the_province_sets_is_unknown_and_never_0(amount: int | None, basis: str, fee: int | None) -> None:
    assert known_fee(amount, basis) == fee
    cell = "" if amount is None else str(amount)
    assert _one(",fee_dong,fee_basis_vi", f',{cell},"{basis}"').fee_dong == fee


def test_certification_has_its_own_slip_policy_unless_the_file_names_one() -> None:
    assert _one(",certification", ",copy").slip_policy == "if_not_handed_over_now"
    assert _one(",certification,slip_policy", ",copy,never").slip_policy == "never"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("1.001193", "1001193"), "2: 1001193 is not a procedure code such as 1.001193"),
        (GOOD.replace("Khai sinh,", "x" * 29 + ","), "2: the alias has 29 letters, at most 28 are possible"),
        (GOOD.replace("Khai sinh,", ","), "2: alias is empty"),
        (GOOD.replace(",1,within", ",0,within"), "2: the time cannot be used: 0; it is above 0, and 1 within the day"),
        (
            GOOD.replace(",1,within", ",-1,within"),
            "2: the time cannot be used: -1; it is above 0, and 1 within the day",
        ),
        (
            GOOD.replace(",1,within", ",2,within"),
            "2: the time cannot be used: 2; it is above 0, and 1 within the day",
        ),
        (
            GOOD.replace("within_day", "day"),
            "2: time_unit is “day”, possible are: working_day, calendar_day, hour, within_day",
        ),
        (GOOD.replace("online", "fax"), "2: channels is “fax”, possible are: counter, online, post"),
        (GOOD.replace("counter;online", ""), "2: channels is empty"),
    ],
)
def test_a_faulty_cell_is_named_with_its_line(row: str, said: str) -> None:
    assert _faults(f"{COLUMNS}\n{row}\n") == [f"line {said}"]


def test_a_code_and_an_alias_stand_only_once_whatever_their_capitals() -> None:
    assert _faults(f"{COLUMNS}\n{GOOD}\n{GOOD.replace('Khai sinh', 'KHAI SINH')}\n") == [
        "line 3: code stands on line 2 already",
        "3: alias stands on line 2 already",
    ]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    rows = [GOOD, GOOD.replace("1.001193", "x"), GOOD.replace("1.001193", "1.000656").replace("Khai sinh", "Tử")]
    rows[2] = rows[2].replace("counter", "door")
    assert [fault.split(":")[0] for fault in _faults("\n".join((COLUMNS, *rows)))] == ["line 3", "3", "4"]


@pytest.mark.parametrize("cutoff", ["25:00", "3 pm", "15:60"])
def test_a_cutoff_is_a_time_of_day(cutoff: str) -> None:
    (fault,) = _faults(f"{COLUMNS},same_day_cutoff\n{GOOD},{cutoff}\n")
    assert fault == f"line 2: the cut-off is not a time of day such as 15:00: {cutoff}"


def test_only_a_result_due_within_the_day_has_a_cutoff() -> None:
    row = GOOD.replace("within_day", "working_day")
    assert _faults(f"{COLUMNS},same_day_cutoff\n{row},15:00\n") == [
        "line 2: only a result due within the day has a cut-off"
    ]


def test_a_time_that_lacks_is_one_fault_and_not_two() -> None:
    (fault,) = _faults(f"{COLUMNS}\n{GOOD.replace(',1,within_day', ',,working_day')}\n")
    assert "time_value" in fault


def test_a_published_time_stands_beside_the_laws() -> None:
    assert _one(",published_time", ",0.5 working_day").published_time == "0.5 working_day"
    assert _one().published_time == ""
    (fault,) = _faults(f"{COLUMNS},published_time\n{GOOD},soon\n")
    assert fault == "line 2: the published time cannot be read: soon; write it as “3 working_day”"


@pytest.mark.parametrize("variant", ["counter 20", "door 3 hour", "counter 0 hour", "counter 3 weeks"])
def test_a_variant_that_cannot_be_read_is_a_fault(variant: str) -> None:
    (fault,) = _faults(f"{COLUMNS},time_variants\n{GOOD},{variant}\n")
    assert fault.startswith(f"line 2: the variant of the time cannot be read: {variant}")


DOCUMENT_COLUMNS = "procedure_code,seq,name_vi,form,originals,copies,required,condition_vi"


def _document_faults(*rows: str) -> str:
    with pytest.raises(ReferenceFaulty) as raised:
        parse_documents("\n".join((DOCUMENT_COLUMNS, *rows)), {"1.001193"})
    return told(raised.value).message.partition(": ")[2]


def test_a_document_is_required_if_the_law_asks_for_it_and_it_is_handed_in() -> None:
    rows = [
        "1.001193,2,Thẻ căn cước,present,1,0,yes,",
        "1.001193,1,Tờ khai,form,1,0,yes,",
        "1.001193,3,Văn bản ủy quyền,original,1,0,conditional,Khi ủy quyền",
    ]
    found = parse_documents("\n".join((DOCUMENT_COLUMNS, *rows)), {"1.001193"})
    documents = found["1.001193"]
    assert [(one.seq, one.required) for one in documents] == [(1, True), (2, False), (3, False)]
    (procedure,) = with_documents([_one()], found)
    assert procedure.documents == documents


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1.000656,1,Tờ khai,form,1,0,yes,", "line 2: the catalogue has no procedure 1.000656."),
        ("1.001193,0,Tờ khai,form,1,0,yes,", "line 2: the documents are numbered from 1 on."),
        ("1.001193,1,Tờ khai,form,một,0,yes,", "line 2: originals is not a whole number: một."),
        ("1.001193,1,Tờ khai,form,1,0,conditional,", "line 2: a conditional document needs its condition."),
        ("1.001193,1,Tờ khai,form,1,0,maybe,", "line 2: required is “maybe”, possible are: yes, conditional."),
    ],
)
def test_a_faulty_document_is_named_with_its_line(row: str, said: str) -> None:
    assert _document_faults(row) == said


def test_a_document_number_stands_once_in_a_procedure() -> None:
    row = "1.001193,1,Tờ khai,form,1,0,yes,"
    assert _document_faults(row, row) == "line 3: seq stands on line 2 already."
