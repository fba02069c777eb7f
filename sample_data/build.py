"""Make the shipped reference files from raw ones: `python -m sample_data.build RAW_FOLDER`.

Run by hand when the raw files change; the four files it writes beside itself are committed:

    procedures.csv           from procedures.csv and aliases.csv (written by hand: alias, everyday words)
    required_documents.csv   from required_documents.csv
    units.csv                from quang_ninh_units.csv, old_units.csv and bodies.csv
    holidays.csv             from holidays_vn.csv

Sources of what lies beside this script: old_units.csv are the 171 units before 1 July 2025 and those they went
into (Nghị quyết 1679/NQ-UBTVQH15 of 16 June 2025, codes of the statistics office's conversion table);
bodies.csv gives every body an id of its own and adds the offices of a commune, which the raw file lacks.
What no source confirmed is named in the column `unconfirmed`.

Names are put into NFC, with single blanks and without invisible characters. A fee that the provincial council
sets is left empty: unknown is not 0. What was written is read back by the program's own parsers.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from desk.rules.reference.catalogue import CHANNELS, known_fee, parse_catalogue, parse_documents
from desk.rules.reference.holidays import parse_holidays
from desk.rules.reference.units import parse_units
from desk.text import clean_line

HERE = Path(__file__).parent
CERTIFICATION_FIELD = "CT"
TWO_LEVELS_FROM = "2025-07-01"
THREE_LEVELS_TO = "2025-06-30"

Row = dict[str, str]

_PROCEDURE_COLUMNS = (
    "code alias name_vi name_en field_code field_vi field_en sector_code level agency_vi agency_en time_value"
    " time_unit same_day_cutoff time_variants fee_dong fee_basis_vi channels online_level slip_policy"
    " certification everyday_words result_vi result_en result_code routed_to specialised_software"
    " expected_frequency publishing_decision unconfirmed"
).split()
_DOCUMENT_COLUMNS = (
    "procedure_code seq name_vi name_en form originals copies required condition_vi condition_en reuse_source"
).split()
_UNIT_COLUMNS = (
    "id kind code name_vi name_en type_vi type_en former_district_vi other_names successors valid_from valid_to"
    " center_vi center_en trait unconfirmed"
).split()
_HOLIDAY_COLUMNS = "date weekday kind is_working_day name_vi name_en lunar swap_with status basis".split()


def procedures(raw: Sequence[Row], aliases: Sequence[Row], documents: Sequence[Row]) -> list[Row]:
    """Return the rows of procedures.csv: the raw ones with alias, slip policy and what is not confirmed."""
    by_code = {row["code"]: row for row in aliases}
    recalled = {row["procedure_code"] for row in documents if "RECALLED" in row["confidence"]}
    return [_procedure(row, by_code[row["code"]], row["code"] in recalled) for row in raw]


def _procedure(raw: Row, alias: Row, documents_recalled: bool) -> Row:
    fee = known_fee(int(raw["fee_vnd"] or 0), raw["fee_basis_vi"])
    listed = raw["channels"].split(";")
    is_certification = raw["field_code"] == CERTIFICATION_FIELD
    row = {column: raw.get(column, "") for column in _PROCEDURE_COLUMNS}
    row |= {
        "alias": alias["alias"],
        "certification": alias["certification"],
        "everyday_words": alias["everyday_words"],
        "fee_dong": "" if fee is None else str(fee),
        "channels": ";".join(channel for channel in CHANNELS if channel in listed or listed == [""]),
        "slip_policy": "if_not_handed_over_now" if is_certification else "always",
        "unconfirmed": ";".join(_unconfirmed(raw, documents_recalled)),
    }
    if row["time_unit"] != "within_day":
        # Nghị định 23/2015/NĐ-CP, Điều 7: the hour decides only about what is due the same day.
        row["same_day_cutoff"] = ""
    return row


def _unconfirmed(raw: Row, documents_recalled: bool) -> Iterable[str]:
    if not raw["conf_identity"].startswith("VERIFIED portal"):
        yield "identity"
    if not raw["conf_time"].startswith("VERIFIED"):
        yield "term"
    if raw["conf_fee"] != "VERIFIED":
        yield "fee"
    if not raw["channels"]:
        yield "channels"
    if "RECALLED" in raw["conf_online"]:
        yield "online_level"
    if raw["conf_result"] != "VERIFIED":
        yield "result"
    if documents_recalled:
        yield "documents"


def required_documents(raw: Sequence[Row]) -> list[Row]:
    """Return the rows of required_documents.csv."""
    renamed = ({**row, "name_vi": row["doc_vi"], "name_en": row["doc_en"]} for row in raw)
    return [{column: row[column] for column in _DOCUMENT_COLUMNS} for row in renamed]


def units(raw: Sequence[Row], old: Sequence[Row], bodies: Sequence[Row]) -> list[Row]:
    """Return the rows of units.csv: the units in force, the bodies, the units before 1 July 2025."""
    by_name = {row["name_vi"]: row for row in raw}
    present = [_present_unit(row) for row in raw if row["kind"] == "commune_unit"]
    named = [_body(row, by_name.get(row["name_vi"], {})) for row in bodies]
    left_out = by_name.keys() - {row["name_vi"] for row in (*present, *bodies)}
    if left_out:
        raise SystemExit(f"bodies.csv gives no id to: {', '.join(sorted(left_out))}")
    return [*present, *named, *(_former_unit(row) for row in old)]


def _present_unit(raw: Row) -> Row:
    row = {column: raw.get(column, "") for column in _UNIT_COLUMNS}
    trait = raw["border_or_island"]
    added = {"id": raw["code"], "valid_from": TWO_LEVELS_FROM, "trait": trait}
    return row | added | {"unconfirmed": "trait" if trait else ""}


def _body(row: Row, raw: Row) -> Row:
    unit = {column: row.get(column, "") or raw.get(column, "") for column in _UNIT_COLUMNS}
    return unit | {"unconfirmed": "" if raw else "name"}


def _former_unit(old: Row) -> Row:
    row = {column: old.get(column, "") for column in _UNIT_COLUMNS}
    kind = next(kind for kind in ("Phường", "Xã", "Thị trấn") if old["name_vi"].startswith(kind))
    in_english = {"Phường": "ward", "Xã": "commune", "Thị trấn": "township"}[kind]
    bare = old["name_vi"].removeprefix(kind).strip()
    return row | {
        "id": f"former-{old['code']}",
        "kind": "former_unit",
        "name_en": f"{bare} {in_english} (before July 2025)",
        "type_vi": kind.lower(),
        "type_en": in_english,
        "valid_to": THREE_LEVELS_TO,
    }


def holidays(raw: Sequence[Row]) -> list[Row]:
    """Return the rows of holidays.csv."""
    return [{column: row[column] for column in _HOLIDAY_COLUMNS} for row in raw]


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV file, every cell cleaned."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: clean_line(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Write a CSV file and return its text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path.read_text(encoding="utf-8")


def build(raw: Path, own: Path = HERE, to: Path = HERE) -> None:
    """Write the four files into `to`; raises what the parsers raise if one of them is faulty.

    raw: the folder of the raw files; own: the folder of the tables written by hand.
    """
    documents = read(raw / "required_documents.csv")
    catalogue = procedures(read(raw / "procedures.csv"), read(own / "aliases.csv"), documents)
    every_unit = units(read(raw / "quang_ninh_units.csv"), read(own / "old_units.csv"), read(own / "bodies.csv"))
    codes = {row.code for row in parse_catalogue(write(to / "procedures.csv", _PROCEDURE_COLUMNS, catalogue))}
    parse_documents(write(to / "required_documents.csv", _DOCUMENT_COLUMNS, required_documents(documents)), codes)
    parse_units(write(to / "units.csv", _UNIT_COLUMNS, every_unit))
    days = holidays(read(raw / "holidays_vn.csv"))
    parse_holidays(write(to / "holidays.csv", _HOLIDAY_COLUMNS, days))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m sample_data.build RAW_FOLDER")
    build(Path(sys.argv[1]))
