"""Three desks and a center that act on the same dossiers, lose answers, and hand events on in any order and number.

The world runs the program's own code on databases in memory: acts are written by `Act`, pushed as sealed segments
and taken by the center, and given to the other desks as they come: shuffled, twice, in pieces. The third desk may
run an older version of the code until the end.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from hypothesis import strategies as st
from sqlmodel import Session

from desk.clock import Chance, chance
from desk.keys import SigningKey
from storage import chain, versions
from storage.center.center import Center
from storage.center.own import About
from storage.joining import JoinRequest, join_request, read_token
from storage.log import Act, Clk
from storage.messages import Have, read_answer, read_have, request, sealed
from storage.projections import fold
from storage.projections.project import dump, project_each, project_gained, readable, rebuild
from storage.store import Store
from storage.sync.segments import Span, next_segments
from storage.versions import newest
from storage.wire import KINDS, Event
from tests.storage.desks import FIRST, Desk, identity

DESKS: Final = 3
Op = tuple[Any, ...]
_MOVES: Final = (
    ("dossier.processing", {"to": "H49.01"}),
    ("dossier.processing", {"to": "H49.02"}),
    ("dossier.supplement_requested", {}),
    ("dossier.supplemented", {}),
    ("dossier.resolved", {}),
    ("dossier.returned", {}),
    ("dossier.stopped", {}),
    ("dossier.linked", {"system": "hkd", "code": "A-1"}),
    ("dossier.viewed", {}),
    ("delay.recorded", {"cause": "other"}),
    ("fee.taken", {"fee_dong": 20_000, "charge_dong": 0, "receipt": "1"}),
    ("survey.asked", {"answer": "answered"}),
)
"""What a desk does to a dossier it knows, beside papers, corrections and undos."""

_OTHERS: Final = ("correct", "undo", "close", "paper", "paper_state", "officer", "epoch")

_seeds = st.integers(0, 1 << 32)
_desks = st.integers(0, DESKS - 1)
OPS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("accept"), _desks),
        st.tuples(st.just("move"), _desks, _seeds, st.integers(0, len(_MOVES) - 1)),
        st.tuples(
            st.sampled_from(("correct", "undo", "close", "paper", "paper_state", "officer", "epoch")), _desks, _seeds
        ),
        st.tuples(st.just("push"), _desks, _seeds),
        st.tuples(st.just("give"), _desks, _desks, _seeds),
    ),
    min_size=4,
    max_size=16,
)
"""One interleaving: what happens where, in which order."""


def _linked_before(body: dict[str, Any], private: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Bring a `dossier.linked` of the version before up: its code stood in the body itself."""
    kept = {key: value for key, value in body.items() if key not in ("system", "code")}
    return {**kept, "other": {key: body[key] for key in ("system", "code") if key in body}}, private


def _linked(state: dict[str, Any], event: Event) -> None:
    state["other_codes"] = [*state["other_codes"], event.body["other"]]


@contextmanager
def newer_code() -> Iterator[None]:
    """Run a version of the program that writes `dossier.linked` otherwise than the shipped one."""
    upcasters = {("dossier.linked", 1): _linked_before}
    with patch.dict(versions.UPCASTERS, upcasters), patch.dict(fold._ACTS, {"dossier.linked": _linked}):
        yield


@contextmanager
def older_code() -> Iterator[None]:
    """Run a version that knows the old form only, and one kind of event less."""
    kinds = KINDS - {"delay.recorded"}
    acts = {kind: act for kind, act in fold._ACTS.items() if kind in kinds} | {"dossier.linked": fold._linked}
    with (
        patch.dict(versions.UPCASTERS, clear=True),
        patch.dict(fold._ACTS, acts, clear=True),
        patch("storage.projections.project.KINDS", kinds),
    ):
        yield


@dataclass
class Node:
    """A desk of the world: its log, and what it holds of the others."""

    id: str
    key: SigningKey
    store: Store
    chance: Chance
    sample: Desk
    """Makes the bodies of its dossiers."""
    code: Callable[[], AbstractContextManager[None]] = nullcontext
    """The version of the code it runs."""
    have: Have | None = None
    officers: list[str] = field(default_factory=list)


class World:
    """Kept over many interleavings, emptied before each: making the tables costs more than a run."""

    def __init__(self) -> None:
        self._now = FIRST
        key = SigningKey.make(b"c" * 32)
        source = chance(self._clock, random.Random(0).randbytes)
        self._center_store = _in_memory("center")
        about = About(source.new_id(), source.new_id(), key.public.hex())
        self.center = Center(self._center_store, key, about, self._clock, source)
        self.nodes = [self._node(number) for number in range(DESKS)]
        for slot, node in enumerate(self.nodes):
            self._join(node, slot)

    def run(self, ops: Sequence[Op], *, one_is_old: bool) -> None:
        """Do `ops`, then let everything arrive everywhere; raises AssertionError where the nodes differ.

        one_is_old: the third desk runs the version before until the end.
        """
        with newer_code():
            self._run(ops, older_code if one_is_old else nullcontext)

    def _run(self, ops: Sequence[Op], code: Callable[[], AbstractContextManager[None]]) -> None:
        self._begin(code)
        for op in ops:
            getattr(self, f"_{op[0]}")(*op[1:])
        for node in self.nodes:
            while self._unsent(node):
                self._send(node, 1000)
        everything = self._center_events()
        dice = random.Random(len(ops))
        for node in self.nodes:
            self._deliver(node, dice.sample(everything, len(everything)))
        self._judge()

    def _judge(self) -> None:
        wanted = self.center.dump()
        with self._center_store.writing() as session:
            found = rebuild(session, searchable=False)
        assert found.same, found.differences
        for node in self.nodes:
            with node.store.writing() as session:
                with node.code():
                    before = readable()
                project_gained(session, before, searchable=True)
                there = list(dump(session))
            assert there == wanted, _difference(there, wanted)

    def _begin(self, code: Callable[[], AbstractContextManager[None]]) -> None:
        self._now = FIRST
        _emptied(self._center_store, but=("enrolled_desk", "enrolment_token", "unit_salt", "center_setting"))
        for node in self.nodes:
            _emptied(node.store)
            node.have, node.code, node.sample.count, node.officers = None, nullcontext, 0, []
        self.nodes[-1].code = code
        for slot, node in enumerate(self.nodes):
            body = {"agency_code": "H49.35", "slot": slot, "public_key": node.key.public.hex(), "practice": False}
            joined = {"center": "https://a.vn", "slot": slot}
            self._write(node, [("desk.opened", body, None, None), ("desk.enrolled", joined, None, None)])

    def _join(self, node: Node, slot: int) -> None:
        token = self.center.make_token("H49.35", slot).token
        who = identity(node.id, node.key)
        asked = JoinRequest(node.id, "H49.35", "H49.35", 1, read_token(token).secret, who.record, "https://a.vn", "x")
        http, _answer = self.center.enrol(join_request(asked, 0, node.key))
        assert http == 200

    def _accept(self, at: int) -> None:
        node = self.nodes[at]
        body, private = node.sample.accepted()
        body["serial"] = node.sample.count + 500 * at
        self._write(node, [("dossier.accepted", body, private, node.chance.new_id())])

    def _move(self, at: int, seed: int, which: int) -> None:
        node = self.nodes[at]
        kind, body = _MOVES[which]
        with node.code():
            if kind not in readable():
                return
            if newest(kind) > 1:
                body = {"other": body}
        for dossier in self._chosen(node, seed):
            self._write(node, [(kind, body, None, dossier)])

    def _correct(self, at: int, seed: int) -> None:
        node = self.nodes[at]
        people = {"people": {"owner": {"name": f"Lê Thị {seed % 7}"}}}
        for dossier in self._chosen(node, seed):
            self._write(node, [("dossier.corrected", {"copies": seed % 5}, people, dossier)])

    def _undo(self, at: int, seed: int) -> None:
        node = self.nodes[at]
        for dossier in self._chosen(node, seed):
            mine = [e for e in self._events(node) if e.head.desk == node.id and e.head.dossier == dossier]
            if mine:
                self._write(node, [("dossier.undone", {"events": [mine[seed % len(mine)].head.id]}, None, dossier)])

    def _close(self, at: int, seed: int) -> None:
        node = self.nodes[at]
        for dossier in self._chosen(node, seed):
            its = [event.head.id for event in self._events(node) if event.head.dossier == dossier]
            self._write(node, [("incident.resolved", {"incident": its[seed % len(its)]}, None, dossier)])

    def _paper(self, at: int, seed: int) -> None:
        node = self.nodes[at]
        body = {"kind": "slip", "copy": 1, "sha256": "ab", "name": "1.pdf"}
        for dossier in self._chosen(node, seed):
            self._write(node, [("paper.made", body, None, dossier)])

    def _paper_state(self, at: int, seed: int) -> None:
        node = self.nodes[at]
        papers = [event for event in self._events(node) if event.head.kind == "paper.made"]
        kind = ("paper.handed", "paper.confirmed", "paper.failed", "paper.voided")[seed % 4]
        if papers:
            paper = papers[seed % len(papers)].head
            self._write(node, [(kind, {"paper": paper.id}, None, paper.dossier)])

    def _officer(self, at: int, seed: int) -> None:
        node = self.nodes[at]
        if not node.officers or seed % 2:
            node.officers.append(node.chance.new_id())
        body = {"officer": node.officers[seed % len(node.officers)], "role": ("officer", "lead")[seed % 2]}
        self._write(node, [("officer.changed", body, {"name": f"Cán bộ {seed % 9}"}, None)])

    def _epoch(self, at: int, _seed: int) -> None:
        node = self.nodes[at]
        with node.store.writing() as session:
            who = identity(node.id, node.key)
            last = chain.tail(session, who)
            act = self._act(session, node, chain.Tail(last.epoch + 1, 0, last.head_hash))
            body = {"old_epoch": last.epoch, "last_seq": last.seq, "head": last.head_hash}
            act.append("desk.epoch_opened", body)
            act.project()

    def _push(self, at: int, seed: int) -> None:
        """Send some of what the center lacks, once or twice, the answer lost or an old request sent again."""
        dice = random.Random(seed)
        for _times in range(dice.choice((1, 1, 2))):
            self._send(self.nodes[at], dice.choice((1, 3, 1000)), answer_is_lost=dice.random() < 0.3)

    def _give(self, at: int, to: int, seed: int) -> None:
        """Hand some of what one desk has to another, shuffled and some of it twice."""
        dice = random.Random(seed)
        held = self._events(self.nodes[at])
        given = dice.sample(held, dice.randrange(len(held) + 1))
        self._deliver(self.nodes[to], given + given[: dice.randrange(3)])

    def _send(self, node: Node, size: int, *, answer_is_lost: bool = False) -> None:
        spans = self._unsent(node, size)
        with node.store.reading() as session:
            runs = [chain.events(session, node.id, span.epoch, span.first - 1, span.length) for span in spans]
        message = request(node.id, "x", 0, [sealed(run, node.key) for run in runs], node.key)
        _http, raw = self.center.exchange(message)
        value = read_answer(raw, self.center.key.public)
        assert value["status"] == "ok", value
        held = {(e.head.desk, e.head.epoch, e.head.seq): e.head_hash for e in self._center_events()}
        have = read_have(value["have"], node.id)
        for place in have.places:
            assert all((node.id, place.epoch, number) in held for number in range(1, place.seq + 1))
            assert place.seq == 0 or held[node.id, place.epoch, place.seq] == place.head
        if not answer_is_lost:
            node.have = have

    def _unsent(self, node: Node, size: int = 1000) -> list[Span]:
        have = node.have or Have(node.id, 1, 0, "")
        with node.store.reading() as session:
            return next_segments(have, chain.lengths(session, node.id), size)

    def _deliver(self, node: Node, events: Sequence[Event]) -> None:
        """Take what is new of `events` into the node's log and tables."""
        held = {(e.head.desk, e.head.epoch, e.head.seq) for e in self._events(node)}
        fresh = {(e.head.desk, e.head.epoch, e.head.seq): e for e in events}
        taken = [event for place, event in fresh.items() if place not in held]
        with node.code(), node.store.writing() as session:
            chain.store(session, taken)
            project_each(session, taken, searchable=True)

    def _chosen(self, node: Node, seed: int) -> list[str]:
        """Return one dossier that the node knows, none where it knows none."""
        known = sorted({event.head.dossier for event in self._events(node) if event.head.dossier is not None})
        return [known[seed % len(known)]] if known else []

    def _write(self, node: Node, acts: Sequence[tuple[str, Any, Any, str | None]]) -> None:
        with node.code(), node.store.writing() as session:
            act = self._act(session, node, chain.tail(session, identity(node.id, node.key)))
            for kind, body, private, dossier in acts:
                act.append(kind, body, private, dossier)
            act.project()

    def _act(self, session: Session, node: Node, tail: chain.Tail) -> Act:
        hlc, who = chain.last_hlc(session, node.id), identity(node.id, node.key)
        return Act(session, self._clock(), "officer", tail, hlc, Clk(), who, node.chance)

    def _events(self, node: Node) -> list[Event]:
        with node.store.reading() as session:
            return _all_events(session)

    def _center_events(self) -> list[Event]:
        with self._center_store.reading() as session:
            return _all_events(session)

    def _node(self, number: int) -> Node:
        own_id = f"0192f0a1-7c3a-7b11-8a55-00000000000{number + 1}"
        key = SigningKey.make(random.Random(own_id).randbytes(32))
        source = chance(self._clock, random.Random(number + 1).randbytes)
        sample = Desk(Path(), own_id, key, None, None, None, source)  # type: ignore[arg-type]  # bodies only
        return Node(own_id, key, _in_memory("desk"), source, sample)

    def _clock(self) -> Any:
        self._now += timedelta(seconds=1)
        return self._now


def _in_memory(end: Any) -> Store:
    store = Store.on_file(Path(":memory:"), end)
    with store.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER event_is_kept")
    return store


def _emptied(store: Store, but: Sequence[str] = ()) -> None:
    with store.writing() as session:
        connection = session.connection()
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'name_index%'"
            " AND name NOT IN ('alembic_version', 'sqlite_sequence')"
        ).all()
        for name in {row[0] for row in tables} - set(but):
            connection.exec_driver_sql(f"DELETE FROM {name}")


def _all_events(session: Session) -> list[Event]:
    rows = session.connection().exec_driver_sql("SELECT head, body, private FROM event ORDER BY position")
    return [chain.as_event(row) for row in rows]


def _difference(here: list[tuple[str, str, str]], there: list[tuple[str, str, str]]) -> str:
    return "\n".join(f"{row}" for row in sorted(set(here) ^ set(there))[:4])
