"""Opening a dossier: who looked at it is written down, and reading never waits for that."""

from __future__ import annotations

from desk.cases.form_input import form_of
from tests.desk.cases.conftest import Office
from tests.full_disk import full_disk, needs_limits
from tests.homes import birth


def _viewed(office: Office, dossier: str) -> int:
    with office.services.context.store.reading() as session:
        log = office.services.context.log
        events = log.events(session, log.tail(session).epoch, 0, 1_000)
    return sum(event.head.kind == "dossier.viewed" and event.head.dossier == dossier for event in events)


@needs_limits
def test_on_a_full_disk_a_dossier_is_opened_all_the_same(office: Office) -> None:
    dossier = office.services.intake.accept(form_of(birth()), office.officer).dossier
    with full_disk():
        assert office.services.lookup.opened(dossier, office.officer).line.id == dossier
    assert _viewed(office, dossier) == 0
    office.services.lookup.opened(dossier, office.officer)
    assert _viewed(office, dossier) == 1
