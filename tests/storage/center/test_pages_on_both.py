"""The center's pages and its queue to the portal say the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from desk.rules.calendar import Calendar
from desk.rules.proof import short_digits
from storage.center import national, work_queue
from storage.center.app import make_app
from storage.center.center import Center
from storage.queries.twins import Memory
from tests.storage.center.test_national import named
from tests.storage.center.test_tracking import TRACKING
from tests.storage.centers import join, sync
from tests.storage.desks import FIRST, Desk


def test_a_form_a_queue_and_a_delivery_are_the_same_on_either_engine(
    center: Center, desk: Desk, tmp_path: Path
) -> None:
    join(desk, center)
    desk.accept(2)
    desk.accept(6, then=("dossier.resolved", "dossier.returned"))
    (odd,) = desk.accept(1)
    with desk.log.act("officer-1") as act:
        act.append("survey.asked", {}, dossier=odd)
        act.append("delay.recorded", {"cause": "other"}, dossier=odd)
    sync(desk, center)
    assert all(center.take_survey(short_digits(TRACKING + number), "satisfied") for number in range(2, 8))
    assert not center.take_survey(short_digits(TRACKING + 2), "satisfied")
    now = FIRST + timedelta(days=40)
    with center.store.reading() as session:
        whys = Counter(task.why for task in work_queue.tasks(session, "H49.35", now, Calendar(), Memory()))
        soon = Counter(
            task.why for task in work_queue.tasks(session, "", FIRST + timedelta(days=2), Calendar(), Memory())
        )
        months = work_queue.on_time(session, "", now)
        forms = work_queue.survey(session, "H49.35", now)
    assert whys == {"no_cause": 2, "no_apology": 3, "silent": 1, "incident": 1, "not_closed": 1}
    assert soon["due_soon"] == 3
    assert (months[-2].resolved, months[-2].on_time) == (6, 6)
    assert (forms.forms, forms.levels["satisfied"], forms.hidden) == (6, 6, False)
    assert national.deliver(center, national.Folder(tmp_path / "out"), named).messages == 9
    assert national.deliver(center, national.Folder(tmp_path / "out"), named).messages == 0
    assert center.rebuild().same
    desk.accept(1)
    assert sync(desk, center)
    with TestClient(make_app(center)) as client:
        assert "Cảm ơn ông/bà" in client.get(f"/t/{short_digits(TRACKING + 2)}").text
        assert desk.key.public.hex() in client.get("/verify").text
