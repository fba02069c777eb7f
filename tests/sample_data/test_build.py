"""The script that makes the shipped files from raw ones."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from sample_data.build import HERE, build, units

PROCEDURE = {
    "code": "2.000815",
    "name_vi": "Chứng thực  bản sao\u200b từ bản chính",
    "name_en": "Certified copy",
    "field_code": "CT",
    "field_vi": "Chứng thực",
    "field_en": "Certification",
    "time_value": "1",
    "time_unit": "working_day",
    "same_day_cutoff": "15:00",
    "fee_vnd": "0",
    "fee_basis_vi": "HĐND cấp tỉnh quy định",
    "channels": "",
    "online_level": "none",
    "expected_frequency": "low",
    "conf_result": "VERIFIED",
    "conf_identity": "VERIFIED portal snapshot 2026-07",
    "conf_time": "RECALLED",
    "conf_fee": "VERIFIED",
    "conf_online": "VERIFIED no online channel",
}
DOCUMENT = {
    "procedure_code": "2.000815",
    "seq": "1",
    "doc_vi": "Bản chính",
    "doc_en": "Original",
    "form": "present",
    "originals": "1",
    "copies": "0",
    "required": "yes",
    "condition_vi": "",
    "condition_en": "",
    "reuse_source": "",
    "confidence": "RECALLED (not matched in portal text)",
}
HOLIDAY = {
    "date": "2026-09-02",
    "weekday": "Wed",
    "kind": "public_holiday",
    "is_working_day": "no",
    "name_vi": "Quốc khánh",
    "name_en": "National Day",
    "lunar": "",
    "swap_with": "",
    "status": "official",
    "basis": "",
}


def _write(path: Path, *rows: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _raw_units() -> list[dict[str, str]]:
    """Return raw units as the raw file has them, from those that were shipped."""
    shipped = _read(HERE / "units.csv")
    ours = ("commune_office",)
    raw = [
        {**row, "border_or_island": row["trait"]}
        for row in shipped
        if row["kind"] not in ("former_unit", *ours) and row["id"] != "cong-an-cap-xa"
    ]
    return [{name: row[name] for name in row if name not in ("id", "other_names")} for row in raw]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    _write(folder / "procedures.csv", PROCEDURE)
    _write(folder / "required_documents.csv", DOCUMENT)
    _write(folder / "quang_ninh_units.csv", *_raw_units())
    _write(folder / "holidays_vn.csv", HOLIDAY)
    return folder


def test_names_fees_channels_and_doubts_are_set_right(raw: Path, tmp_path: Path) -> None:
    build(raw, to=tmp_path)
    (row,) = _read(tmp_path / "procedures.csv")
    assert row["name_vi"] == "Chứng thực bản sao từ bản chính"
    assert (row["alias"], row["certification"], row["slip_policy"]) == (
        "Bản sao từ bản chính",
        "copy",
        "if_not_handed_over_now",
    )
    assert row["fee_dong"] == ""
    assert row["channels"] == "counter;online;post"
    assert row["same_day_cutoff"] == ""
    assert row["unconfirmed"] == "term;channels;documents"


def test_the_units_come_out_as_they_are_shipped(raw: Path, tmp_path: Path) -> None:
    build(raw, to=tmp_path)
    assert (tmp_path / "units.csv").read_bytes() == (HERE / "units.csv").read_bytes()


def test_a_body_without_an_id_stops_the_script() -> None:
    with pytest.raises(SystemExit, match="Sở Mới"):
        units([{"kind": "department", "name_vi": "Sở Mới"}], [], [])


def test_a_faulty_raw_file_is_refused_by_the_programs_own_parser(raw: Path, tmp_path: Path) -> None:
    shutil.copy(raw / "procedures.csv", tmp_path / "kept.csv")
    _write(raw / "procedures.csv", {**PROCEDURE, "time_unit": "weeks"})
    with pytest.raises(Exception, match="RULE-90"):
        build(raw, to=tmp_path)
