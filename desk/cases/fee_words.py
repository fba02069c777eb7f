"""How the fee of a dossier is said, on the screens and in the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.rules.money import written
from desk.words import _

if TYPE_CHECKING:
    from desk.cases.views import DossierView


def fee_words(view: DossierView) -> str:
    """Return the fee of a dossier with its ground, and what of it was taken, in the language spoken."""
    parts = [_("not set")] if view.fee_dong is None else [written(view.fee_dong), view.fee_ground]
    if view.taken_dong:
        parts.append(_("taken {amount}").format(amount=written(view.taken_dong)))
        numbers = ", ".join(fee.receipt for fee in view.fees if fee.receipt and not fee.is_void)
        parts.append(_("receipt {number}").format(number=numbers) if numbers else "")
    elif view.fee_dong:
        parts.append(_("not taken yet"))
    return " · ".join(part for part in parts if part)
