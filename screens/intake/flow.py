"""Where Enter leads: the first field that still wants something, each asked for once. No widget here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desk.rules.dossier import Procedure
from screens.intake.forms import ORDER
from screens.intake.sheet import Sheet

REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Wants:
    """What the page itself does not say: a reason for missing documents, a fee nobody knows, its ground."""

    reason: bool = False
    fee: bool = False
    ground: bool = False


_TOGETHER = (("number", "name", "born", "sex", "phone", "address"), ("procedure", "pages", "copies"))


def next_field(at: str, sheet: Sheet, procedure: Procedure | None, seen: Collection[str], wants: Wants) -> str:
    """Return the field that Enter leads to from the field `at`, REVIEW when nothing is left to ask.

    seen: the fields that were asked already; an empty one of them is not asked again. What stands together
    with `at` and behind it comes first, then the page from its beginning, so that a telephone is asked for
    before the documents even where a card filled all other fields of the person.
    """
    together = next((fields for fields in _TOGETHER if at in fields), ())
    behind = together[together.index(at) + 1 :] if at in together else ()
    wanted = (field for field in (*behind, *ORDER) if field not in seen and _wanted(field, sheet, procedure, wants))
    return next(wanted, REVIEW)


def _wanted(field: str, sheet: Sheet, procedure: Procedure | None, wants: Wants) -> bool:
    certifies = procedure is not None and procedure.counts_pages
    if field in ("number", "name"):
        return not getattr(sheet, field) and not sheet.is_known
    if field in ("born", "sex"):
        return not (getattr(sheet, field) or sheet.is_known or certifies) and sheet.kind == "individual"
    if field in ("phone", "address"):  # the queue is long, and a certification needs neither (domain, 10)
        return not (getattr(sheet, field) or sheet.is_known or certifies)
    if field in ("pages", "copies"):
        return certifies and not getattr(sheet, field)
    if field == "documents":
        return procedure is not None and bool(procedure.documents) and not certifies
    if field == "fee":
        return procedure is not None and (wants.fee or not certifies)
    return {
        "procedure": procedure is None,
        "reason": wants.reason and not sheet.reason,
        "ground": wants.ground and not sheet.ground,
    }.get(field, False)
