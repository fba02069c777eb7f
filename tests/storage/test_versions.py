"""Two versions of the program on one log: whatever an old one wrote is read, whatever a new one wrote is kept."""

from __future__ import annotations

import copy
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from storage.projections.project import dump, project_gained, readable
from storage.versions import UPCASTERS, brought_up, newest
from storage.wire import KINDS
from tests.storage.centers import join, new_center, sync
from tests.storage.desks import Desk, new_desk
from tests.storage.interleavings import newer_code, older_code

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_BODIES = st.dictionaries(st.sampled_from(("system", "code", "act", "done_at")) | st.text(max_size=5), _VALUES)


@given(st.sampled_from(sorted(KINDS)), _BODIES, _BODIES)
def test_every_older_body_is_brought_up_whole_and_left_as_it_was(
    kind: str, body: dict[str, object], private: dict[str, object]
) -> None:
    with newer_code():
        before = copy.deepcopy((body, private))
        new_body, new_private = brought_up(kind, 1, body, private)
        assert (body, private) == before
        assert brought_up(kind, newest(kind), new_body, new_private) == (new_body, new_private)
        assert _leaves(new_body) >= _leaves(body) and new_private == private


def _leaves(value: object) -> set[str]:
    if isinstance(value, dict) and value:
        return set().union(*map(_leaves, value.values()))
    return {repr(value)}


def test_the_shipped_upcasters_lead_from_the_first_version_to_the_newest() -> None:
    for kind, v in UPCASTERS:
        assert kind in KINDS and 1 <= v < newest(kind)


def _links(desk: Desk) -> object:
    with desk.store.reading() as session:
        return [row for table, _key, row in dump(session) if table == "dossier"]


def test_an_old_desk_keeps_what_a_newer_version_wrote_and_reads_it_once_it_is_newer(desk: Desk) -> None:
    (dossier,) = desk.accept(1)
    with newer_code():
        with desk.log.act("officer-1") as act:
            event = act.append("dossier.linked", {"other": {"system": "hkd", "code": "A-1"}}, dossier=dossier)
        wanted = _links(desk)
        assert event.head.v == 2
        with older_code(), desk.store.writing() as session:
            before = readable()
            project_gained(session, {}, searchable=True)
        assert "A-1" not in str(_links(desk))
        with desk.store.writing() as session:
            assert project_gained(session, before, searchable=True)
        assert _links(desk) == wanted and "A-1" in str(wanted)


def test_a_desk_makes_its_tables_anew_at_the_first_start_of_a_version_that_reads_more(desk: Desk) -> None:
    (dossier,) = desk.accept(1)
    with newer_code(), older_code():
        desk.log.read_anew()
        with desk.log.act("officer-1") as act:
            act.append("delay.recorded", {"cause": "storm"}, dossier=dossier)
        assert "storm" not in str(_links(desk))
        assert not desk.log.read_anew()
    assert desk.log.read_anew()
    assert "storm" in str(_links(desk))
    assert not desk.log.read_anew()


def test_a_center_makes_its_tables_anew_at_the_first_start_of_a_version_that_reads_more(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "home")
    (dossier,) = desk.accept(1)
    with desk.log.act("officer-1") as act:
        act.append("delay.recorded", {"cause": "storm"}, dossier=dossier)
    with newer_code(), older_code():
        old = new_center(tmp_path)
        join(desk, old)
        sync(desk, old)
        assert "storm" not in str(old.dump())
        old.close()
    center = new_center(tmp_path)
    assert "storm" in str(center.dump())
    with desk.store.reading() as session:
        assert center.dump() == list(dump(session))
    center.close()
    desk.store.close()
