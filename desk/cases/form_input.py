"""From the JSON of `desk intake` (commands.md) to a form: every unknown field and impossible value is named."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, get_args

from desk.clock import parse_instant
from desk.errors.acts import FieldUnknown, FieldWrong, InputUnreadable
from desk.errors.base import DeskError
from desk.rules.dossier import Channel, DocumentCount, IntakeForm, OtherCode
from desk.rules.people.checks import day_of
from desk.rules.people.person import OwnerKind, Person
from desk.text import clean_line

_FORM = tuple(spec.name for spec in fields(IntakeForm))
_PERSON = tuple(spec.name for spec in fields(Person))
_COUNT = tuple(spec.name for spec in fields(DocumentCount))
_TEXTS = ("summary", "note", "reason", "fee_ground", "assisted_by", "competent_unit", "returning_unit")
_LONGEST = 4000


def read_json(text: str) -> dict[str, Any]:
    """Return the JSON object in `text`; raises InputUnreadable."""
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise InputUnreadable(cause="nested too deep") from error
    except ValueError as error:
        raise InputUnreadable(cause=str(error)[:120]) from error
    if not isinstance(found, dict):
        raise InputUnreadable(cause="not an object {...}")
    return found


def form_of(value: Mapping[str, Any]) -> IntakeForm:
    """Return the form in `value`; raises FieldUnknown or FieldWrong."""
    _known(value, _FORM, "")
    if not isinstance(value.get("procedure"), str) or not value["procedure"].strip():
        raise FieldWrong(field="procedure", cause=_shown(value.get("procedure")))
    owner = value.get("owner")
    if not isinstance(owner, Mapping):
        raise FieldWrong(field="owner", cause=_shown(owner))
    return IntakeForm(
        procedure=clean_line(value["procedure"]),
        owner=person_of(owner, "owner"),
        channel=_one_of(value.get("channel") or "counter", get_args(Channel), "channel"),
        case=_text(value, "case") or None,
        submitter=_person(value, "submitter"),
        proxy=_person(value, "proxy"),
        representative=_person(value, "representative"),
        documents=_documents(value.get("documents")),
        code=_text(value, "code") or None,
        other_codes=_other_codes(value.get("other_codes")),
        filed_at=_instant(value.get("filed_at"), "filed_at"),
        fee_dong=_count(value.get("fee_dong"), "fee_dong", 0, 999_999_999_999),
        set_count=_count(value.get("set_count"), "set_count", 1, 999) or 1,
        pages=_count(value.get("pages"), "pages", 1, 5000),
        copies=_count(value.get("copies"), "copies", 1, 1000),
        accept_incomplete=_flag(value.get("accept_incomplete"), "accept_incomplete"),
        **{key: _text(value, key) for key in _TEXTS},
    )


def person_of(value: Mapping[str, Any], where: str) -> Person:
    """Return the person in `value`; raises FieldUnknown or FieldWrong with `where` before the field's name."""
    _known(value, _PERSON, f"{where}.")
    texts = {
        key: _text(value, key, f"{where}.")
        for key in ("name", "personal_id", "phone", "email", "address", "tax_code", "nationality")
    }
    return Person(
        kind=_one_of(value.get("kind") or "individual", get_args(OwnerKind), f"{where}.kind"),
        born_on=_day(value.get("born_on"), f"{where}.born_on"),
        sex=_one_of(value.get("sex") or "", ("male", "female", ""), f"{where}.sex"),
        **texts,
    )


def _known(value: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    for key in value:
        if key not in names:
            near = difflib.get_close_matches(str(key), list(names), 1)
            raise FieldUnknown(field=f"{where}{_shown(key)}", nearest=near[0] if near else ", ".join(names))


def _person(value: Mapping[str, Any], key: str) -> Person | None:
    found = value.get(key)
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise FieldWrong(field=key, cause=_shown(found))
    return person_of(found, key)


def _text(value: Mapping[str, Any], key: str, where: str = "") -> str:
    found = value.get(key)
    if found is None:
        return ""
    if not isinstance(found, str) or len(found) > _LONGEST:
        raise FieldWrong(field=where + key, cause=_shown(found))
    return found


def _one_of(found: object, allowed: tuple[Any, ...], field: str) -> Any:
    if found not in allowed:
        raise FieldWrong(field=field, cause=_shown(found))
    return found


def _day(found: object, field: str) -> date | None:
    if found is None or found == "":
        return None
    if not isinstance(found, str):
        raise FieldWrong(field=field, cause=_shown(found))
    try:
        return day_of(found)
    except (DeskError, ValueError) as error:
        raise FieldWrong(field=field, cause=_shown(found)) from error


def _instant(found: object, field: str) -> datetime | None:
    if found is None:
        return None
    try:
        return parse_instant(found if isinstance(found, str) else "")
    except (ValueError, OverflowError) as error:
        raise FieldWrong(field=field, cause=_shown(found)) from error


def _count(found: object, field: str, least: int, most: int) -> int | None:
    if found is None or found == "":
        return None
    if isinstance(found, str) and found.isascii() and found.isdigit():
        found = int(found[:15])
    if type(found) is not int or not least <= found <= most:
        raise FieldWrong(field=field, cause=_shown(found))
    return found


def _flag(found: object, field: str) -> bool:
    if found is None:
        return False
    if not isinstance(found, bool):
        raise FieldWrong(field=field, cause=_shown(found))
    return found


def _documents(found: object) -> tuple[DocumentCount, ...] | None:
    if found is None:
        return None
    if not isinstance(found, list):
        raise FieldWrong(field="documents", cause=_shown(found))
    counts = []
    for number, item in enumerate(found):
        where = f"documents[{number}]."
        if not isinstance(item, Mapping):
            raise FieldWrong(field=where, cause=_shown(item))
        _known(item, _COUNT, where)
        if "seq" not in item:
            raise FieldWrong(field=f"{where}seq", cause="null")
        counts.append(DocumentCount(**{key: _count(item[key], where + key, 0, 999) or 0 for key in item}))
    return tuple(counts)


def _other_codes(found: object) -> tuple[OtherCode, ...]:
    if found is None:
        return ()
    if not isinstance(found, list):
        raise FieldWrong(field="other_codes", cause=_shown(found))
    codes = []
    for number, item in enumerate(found):
        where = f"other_codes[{number}]."
        if not isinstance(item, Mapping):
            raise FieldWrong(field=where, cause=_shown(item))
        _known(item, ("system", "code"), where)
        codes.append(OtherCode(clean_line(_text(item, "system", where)), clean_line(_text(item, "code", where))))
    return tuple(codes)


def _shown(found: object) -> str:
    return clean_line(json.dumps(found, ensure_ascii=False, default=str))[:60]
