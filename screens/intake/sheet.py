"""What stands on the intake page, exactly as typed: what a draft keeps and what becomes a form. No widget here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, get_args

from desk.cases import people
from desk.rules.dossier import Channel, DocumentCount
from desk.rules.people.person import OwnerKind, Person
from screens.widgets.typed_day import written as written_day

PERSON_FIELDS = ("number", "name", "born", "sex", "phone", "address")
TYPED_FIELDS = (
    *PERSON_FIELDS,
    "words",
    "pages",
    "copies",
    "reason",
    "fee",
    "ground",
    "code",
    "other",
    "note",
)
"""The fields of the page that hold text, by the ids of their widgets."""

_OTHER_TEXTS = ("procedure", "case", "tax_code", "nationality", "email", "summary", "assisted_by", "sets", "at")
_TEXTS = (*TYPED_FIELDS, *_OTHER_TEXTS)
_KINDS: tuple[OwnerKind, ...] = get_args(OwnerKind)
_CHANNELS: tuple[Channel, ...] = get_args(Channel)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page as it stands. `words` are typed and no procedure yet; `procedure` is the code of the chosen one."""

    number: str = ""
    name: str = ""
    born: str = ""
    sex: str = ""
    phone: str = ""
    address: str = ""
    kind: OwnerKind = "individual"
    tax_code: str = ""
    nationality: str = ""
    email: str = ""
    submitter: Person | None = None
    proxy: Person | None = None
    representative: Person | None = None
    words: str = ""
    procedure: str = ""
    case: str = ""
    """Id of the procedure's case, "" where it has none or none was chosen."""
    pages: str = ""
    copies: str = ""
    counts: tuple[DocumentCount, ...] | None = None
    """None: everything required as asked."""
    reason: str = ""
    """Why an incomplete dossier is accepted, "" while nobody said so."""
    fee: str = ""
    ground: str = ""
    code: str = ""
    other: str = ""
    channel: Channel = "counter"
    note: str = ""
    summary: str = ""
    assisted_by: str = ""
    sets: str = ""
    filed_at: datetime | None = None
    is_known: bool = False
    """Whether the person was known before: then nothing of him is asked for again."""
    at: str = ""
    """The field in which the cursor stood."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen."""
        return replace(self, at="", channel="counter", is_known=False) == Sheet()

    @property
    def person(self) -> str:
        """Who it is about, for a list of drafts."""
        return self.name or self.number


def written(sheet: Sheet) -> dict[str, Any]:
    """Return `sheet` as the JSON of a draft."""
    value: dict[str, Any] = {key: text for key in _TEXTS if (text := getattr(sheet, key))}
    value.update(kind=sheet.kind, channel=sheet.channel, is_known=sheet.is_known)
    if sheet.counts is not None:
        value["counts"] = [{spec.name: getattr(one, spec.name) for spec in fields(one)} for one in sheet.counts]
    for role in ("submitter", "proxy", "representative"):
        person = getattr(sheet, role)
        if person is not None:
            value[role] = people.written(person)
    if sheet.filed_at is not None:
        value["filed_at"] = sheet.filed_at.isoformat()
    return value


def read(value: Mapping[str, Any]) -> Sheet:
    """Return the sheet that `written` wrote; what an other version wrote differently is left out."""
    texts = {key: text for key in _TEXTS if isinstance(text := value.get(key), str)}
    counts, filed = value.get("counts"), value.get("filed_at")
    return Sheet(
        **texts,
        kind=next((kind for kind in _KINDS if kind == value.get("kind")), "individual"),
        channel=next((channel for channel in _CHANNELS if channel == value.get("channel")), "counter"),
        counts=tuple(DocumentCount(**one) for one in counts) if isinstance(counts, list) else None,
        submitter=people.read(value.get("submitter")),
        proxy=people.read(value.get("proxy")),
        representative=people.read(value.get("representative")),
        filed_at=datetime.fromisoformat(filed) if isinstance(filed, str) else None,
        is_known=value.get("is_known") is True,
    )


def with_person(sheet: Sheet, person: Person, *, is_known: bool = False) -> Sheet:
    """Return `sheet` with `person` as its owner."""
    return replace(sheet, **_shown(person), is_known=is_known)


def completed(sheet: Sheet, person: Person, *, is_known: bool = False) -> Sheet:
    """Return `sheet` with only its empty fields filled from `person`."""
    shown = {key: value for key, value in _shown(person).items() if key != "kind" and not getattr(sheet, key)}
    return replace(sheet, **shown, is_known=sheet.is_known or is_known)


def _shown(person: Person) -> dict[str, Any]:
    return {
        "number": person.personal_id if person.kind == "individual" else person.tax_code or person.personal_id,
        "name": person.name,
        "born": written_day(person.born_on) if person.born_on is not None else "",
        "sex": person.sex,
        "phone": person.phone,
        "address": person.address,
        "kind": person.kind,
        "tax_code": person.tax_code if person.kind == "individual" else "",
        "nationality": person.nationality,
        "email": person.email,
    }
