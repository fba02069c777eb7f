"""The QR code of a citizen's card, as a scanner types it: parsed, its damage undone where that is sure.

The text is `id|old id|full name|birth ddmmyyyy|sex|residence|issue ddmmyyyy`; newer cards append fields,
the old id may be empty or missing (domain, 6). What could not be read for sure is named in `doubts`, so
that the officer compares it with the card before it is used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from desk.rules.layout_digits import digits_back
from desk.rules.people.names import titled
from desk.rules.people.numbers import personal_number
from desk.rules.people.person import Person, Sex
from desk.text import clean_line, fold

CARD_LIMIT = 1_000
"""Characters of the longest text taken for a card; the longest known address leaves half of it free."""
LEAST_BARS = 5
"""A card's text has six fields or more (decisions, 4)."""

_CODE_PAGES = ("cp1252", "cp1258")
_LAYOUT_WORD = re.compile(r"(?<![^\s,./\-])[ăâêôđĂÂÊÔĐ\u0300\u0301\u0303\u0309\u0323]+(?=[A-Z]?(?:[\s,./\-]|$))")
_ON_CARDS = frozenset("đĐ\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323’–")
_MARKS = re.compile("[\u0300-\u0323]+")
_DOT = "\u0323"
_OTHER_TONES = frozenset("\u0300\u0301\u0303\u0309")
_SEXES: dict[str, Sex] = {
    "nam": "male",
    "male": "male",
    "m": "male",
    "nu": "female",
    "female": "female",
    "f": "female",
}
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
"""ASCII's only: the control characters above are bytes of letters sent one by one."""
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9m]")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card's QR code says; "" and None where it says nothing."""

    personal_id: str
    name: str
    """In the card's case."""
    old_id: str = ""
    born_on: date | None = None
    sex: Sex = ""
    residence: str = ""
    issued_on: date | None = None
    extra_fields: int = 0
    """How many fields stand behind the ones known here; their contents are not kept."""
    doubts: tuple[str, ...] = ()
    """Names of the fields above that came damaged: to be compared with the card."""
    undone: tuple[str, ...] = ()
    """Which damage was undone: `code_page`, `layout`, `caps_lock`."""


def card_of(text: str) -> Card | None:
    """Return the card that a scanned text is, None where it has not the form of one.

    text: as the keys came in (not yet in NFC: see `digits_back`), at most CARD_LIMIT characters.
    The form: five bars or more, the first field ending in twelve digits (typed under the layout
    "Vietnamese" they are letters and marks, and are put back).
    """
    if len(text) > CARD_LIMIT or text.count("|") < LEAST_BARS:
        return None
    raw = _CONTROLS.sub("", text).strip()
    undone: list[str] = []
    readable = _code_page_undone(raw)
    if readable != raw:
        undone.append("code_page")
    fields = readable.split("|")
    number = _card_number(fields[0])
    if not number:
        number = _card_number(digits_back(fields[0]))
        if not number:
            return None
        undone.append("layout")
    return _read(number, fields, undone)


def person_of(card: Card) -> Person:
    """Return the card's holder as an individual, for a form to start from."""
    return Person(
        name=card.name,
        personal_id=card.personal_id,
        born_on=card.born_on,
        sex=card.sex,
        address=card.residence,
    )


def _read(number: str, fields: list[str], undone: list[str]) -> Card:
    at = _birth_place(fields)
    name, residence = clean_line(fields[at - 1]), _field(fields, at + 2)
    if "layout" in undone:
        residence = _LAYOUT_WORD.sub(lambda word: digits_back(word[0]), residence)
    residence = clean_line(residence)
    if _caps_lock_was_on(name):
        undone.append("caps_lock")
        name, residence = name.swapcase(), residence.swapcase()
    card = Card(
        personal_id=number,
        name=name,
        old_id=_digits(fields[1]) if at == 3 else "",
        born_on=_day(fields[at]),
        sex=_sex(fields[at + 1], number),
        residence=residence,
        issued_on=_day(_field(fields, at + 3)),
        extra_fields=max(0, len(fields) - (at + 4)),
        undone=tuple(undone),
    )
    return replace(card, doubts=tuple(_doubts(card, fields, at)))


def _doubts(card: Card, fields: list[str], at: int) -> Iterator[str]:
    """Yield the fields that came damaged, in the order of the card."""
    by_layout = "layout" in card.undone
    if by_layout and _order_lost(fields[0]):
        yield "personal_id"
    if card.old_id and by_layout and _order_lost(fields[1]):
        yield "old_id"
    if not card.name or _looks_damaged(card.name):
        yield "name"
    if card.born_on is None or (by_layout and _order_lost(fields[at])):
        yield "born_on"
    if fold(clean_line(fields[at + 1])) not in _SEXES:
        yield "sex"
    if _looks_damaged(card.residence):
        yield "residence"
    issue = _field(fields, at + 3)
    if issue.strip() and (card.issued_on is None or (by_layout and _order_lost(issue))):
        yield "issued_on"


def _card_number(field: str) -> str:
    """Return the twelve digits that end the first field, behind at most eight other characters."""
    match = re.fullmatch(r"[^0-9]{0,8}([0-9]{12})\s*", _SYMBOLOGY.sub("", field))
    return match.group(1) if match else ""


def _birth_place(fields: list[str]) -> int:
    """Return the place of the birth field: 3, or 2 where the old id is missing altogether."""
    return 2 if _is_day_like(fields[2]) else 3


def _is_day_like(field: str) -> bool:
    return re.fullmatch(r"[0-9]{8}|[0-9]{4}", _digits(field)) is not None


def _field(fields: list[str], at: int) -> str:
    return fields[at] if at < len(fields) else ""


def _digits(field: str) -> str:
    """Return a field of digits only, put back from the layout; separators of a date are dropped."""
    bare = re.sub(r"[\s/.\-]", "", digits_back(field))
    return bare if re.fullmatch(r"[0-9]+", bare) else ""


def _day(field: str) -> date | None:
    digits = _digits(field)
    if len(digits) != 8:
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None


def _sex(text: str, number: str) -> Sex:
    """Return the sex that the card names; by the number's digit where the word came damaged."""
    named = _SEXES.get(fold(clean_line(text)))
    said = personal_number(number)
    return named or (said.sex if said is not None else "")


def _looks_damaged(text: str) -> bool:
    """Return whether letters are missing or broken: a question mark, or a letter no Vietnamese card has."""
    return any(c == "?" or not (c.isascii() or c in _ON_CARDS) for c in unicodedata.normalize("NFD", text))


def _caps_lock_was_on(name: str) -> bool:
    """Return whether the name turned over is in title case or in capitals, the two ways a card writes one."""
    return name.islower() or name.swapcase() == titled(name.lower())


def _order_lost(field: str) -> bool:
    """Return whether normal form may have changed the order of two marks, and with it of two digits.

    A field that is not in normal form came as the keys were pressed, and lost nothing.
    """
    groups = _MARKS.findall(unicodedata.normalize("NFD", field))
    beside = any(_DOT in marks and not _OTHER_TONES.isdisjoint(marks) for marks in groups)
    return beside and unicodedata.is_normalized("NFC", field)


def _code_page_undone(text: str) -> str:
    """Return `text` with its UTF-8 restored where every letter was one byte of a Windows code page.

    Some readers send the bytes of their UTF-8 one by one; Windows shows each by its code page, so that ễ
    comes as three letters. Undone only where the whole is UTF-8 again and longer than plain ASCII.
    """
    if text.isascii():
        return text
    for page in _CODE_PAGES:
        as_bytes = bytearray()
        for letter in text:
            byte = _byte_of(letter, page)
            if byte is None:
                break
            as_bytes.append(byte)
        else:
            try:
                return as_bytes.decode("utf-8")
            except UnicodeDecodeError:
                continue
    return text


def _byte_of(letter: str, page: str) -> int | None:
    """Return the byte that a code page shows as `letter`; its gaps are shown as the C1 control of the same number."""
    try:
        return letter.encode(page)[0]
    except UnicodeEncodeError:
        return ord(letter) if ord(letter) < 0x100 else None
