"""An individual or an organisation, as a dossier, a paper and the log name one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

OwnerKind = Literal["individual", "enterprise", "household_business", "organisation"]
Sex = Literal["male", "female", ""]


@dataclass(frozen=True, slots=True)
class Person:
    """An individual or an organisation; "" means not given."""

    name: str
    kind: OwnerKind = "individual"
    personal_id: str = ""
    """12 digits, or an old 9-digit number, or a passport number."""
    born_on: date | None = None
    sex: Sex = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    tax_code: str = ""
    nationality: str = ""
