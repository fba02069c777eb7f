"""Whether this machine's clock can be believed, and the officer's word where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desk.cases.context import Context, Officer
from desk.clock import OFFICE_OFFSET_MIN, from_ms, machine_offset_minutes, office_time, to_ms
from desk.errors.acts import ClockQuestionable
from desk.rules.business_date import CenterTime, ClockDoubt, clock_doubt
from storage.queries import desks, kept, own
from storage.store import Session
from storage.wire import Event

BUILT_AT: Final = datetime.fromisoformat("2026-11-01T00:00:00+07:00")
"""When this version was made: a clock before it is wrong. Raised with each release."""
ZONE_SEEN: Final = "zone_seen"
"""Setting: the machine's zone, in minutes east of UTC, about which the officer was asked."""
_WORD_HOLDS: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The desk's clock as evidence."""

    context: Context
    standing: bool = False
    """Whether DESK_CLOCK stands in for the machine's clock: then the program's build date says nothing."""

    def doubt(self) -> ClockDoubt | None:
        """Return why the clock must be confirmed now, None if it may be believed."""
        with self.context.store.reading() as session:
            return self._doubt(session, self.context.clock())

    def check(self, session: Session, now: datetime) -> None:
        """Return if the clock may be believed; raises ClockQuestionable."""
        if self._doubt(session, now) is not None:
            raise ClockQuestionable(clock=f"{office_time(now):%d/%m/%Y %H:%M}")

    def confirm(self, officer: Officer) -> None:
        """Write down that `officer` looked at date and hour and found them right."""
        with self.context.log.act(officer.id) as act:
            act.append("clock.set", {"confirmed_at": to_ms(act.now)})

    def asks_zone(self) -> bool:
        """Return whether the officer must once be told that this machine counts its hours elsewhere."""
        offset = machine_offset_minutes()
        if self.standing or offset == OFFICE_OFFSET_MIN:
            return False
        with self.context.store.reading() as session:
            return bool(kept.setting(session, ZONE_SEEN) != offset)

    def zone_seen(self) -> None:
        """Keep that the officer knows the machine's zone, until it is another one."""
        with self.context.store.writing() as session:
            kept.keep_setting(session, ZONE_SEEN, machine_offset_minutes())

    def _doubt(self, session: Session, now: datetime) -> ClockDoubt | None:
        desk = desks.the_desk(session, self.context.settings.desk)
        said = desk.clock_set_at if desk is not None else None
        if said is not None and timedelta(0) <= now - said < _WORD_HOLDS:
            return None
        tail = self.context.log.tail(session)
        last: list[Event] = self.context.log.events(session, tail.epoch, tail.seq - 1, 1) if tail.seq else []
        state = own.sync_state(session)
        center = None
        if state.center_offset_ms is not None and state.last_exchange_at is not None:
            offset = timedelta(milliseconds=state.center_offset_ms)
            center = CenterTime(state.last_exchange_at + offset, state.last_exchange_at)
        return clock_doubt(
            now,
            last_event_at=from_ms(last[0].head.at) if last else None,
            center=center,
            built_at=None if self.standing else BUILT_AT,
        )
