"""Who may stand at the counter for a result: everybody named on the dossier, once, and known by the card."""

from __future__ import annotations

from desk.cases.form_input import form_of
from desk.cases.takers import place_of, takers
from desk.rules.cards import Card
from tests.desk.cases.conftest import Office
from tests.homes import citizen

LAN = citizen()
SON = {"name": "Lê Văn Sơn", "personal_id": "022085000123"}


def test_who_brought_it_stands_first_and_nobody_twice(office: Office) -> None:
    form = {"procedure": "1.004873", "owner": LAN, "submitter": SON, "proxy": SON, "fee_dong": 0, "fee_ground": "Miễn"}
    dossier = office.services.intake.accept(form_of(form), office.officer).dossier
    everyone = takers(office.services.lookup.show(dossier))
    assert [(one.said, one.person.name) for one in everyone] == [("Submitter", "Lê Văn Sơn"), ("Owner", LAN["name"])]
    assert place_of(Card("022085000123", "LÊ VĂN SƠN"), everyone) == 0
    assert place_of(Card("079000000000", "NGUYỄN THỊ LAN", old_id=LAN["personal_id"]), everyone) == 1
    assert place_of(Card("022085000999", "LÊ VĂN SƠN"), everyone) is None
