"""Who sits at the desk: officers, their six-digit PINs, the tries that are left.

A wrong try is on disk before anybody is told that it was wrong, so pulling the plug gives nobody more tries.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from desk.cases.context import Context, Officer
from desk.errors.acts import NotOneOfUs, PinClosed, PinUnfit, PinWrong
from desk.errors.people import NameMissing, NameUnreadable, StillNeeded
from desk.errors.rule import LeadNeeded
from desk.keys import PIN_HASH, hash_pin
from desk.rules.people.names import NAME_LIMIT, has_letters, name_of
from desk.rules.said import Said
from desk.rules.scans import badge_digits
from desk.words import N_
from storage.log import Act
from storage.queries import desks, own
from storage.store import Session
from storage.tables.own import OfficerKeyRow

FREE_TRIES: Final = 5
"""Wrong PINs before waiting begins; then a minute, doubled with each further one up to an hour."""
_LONGEST_WAIT_MIN: Final = 60
PIN_DIGITS: Final = 6
_BADGE_BYTES: Final = 9
"""72 bits, 22 digits at most: what a badge holds."""
OFFICERS: Final = N_("changing the officers")


@dataclass(frozen=True, slots=True)
class Officers:
    """The officers of this desk."""

    context: Context

    def all(self) -> tuple[Officer, ...]:
        """Return the officers, the first added first."""
        with self.context.store.reading() as session:
            rows = desks.officers(session, self.context.settings.desk)
            alone = len(rows) == 1
            return tuple(Officer(row.id, row.name, "lead" if alone else row.role) for row in rows)

    def the_one(self, wanted: str = "") -> Officer:
        """Return the officer with the id or name `wanted`, or the only one; raises NotOneOfUs."""
        known = self.all()
        found = [one for one in known if wanted in (one.id, one.name)] if wanted else list(known)
        if len(found) != 1:
            raise NotOneOfUs(officer=wanted or "?", known=", ".join(one.id for one in known))
        return found[0]

    def of_badge(self, badge: str) -> Officer | None:
        """Return the officer whose badge has the number `badge`."""
        with self.context.store.reading() as session:
            rows = desks.officers(session, self.context.settings.desk)
            found = [row.id for row in rows if badge and row.badge == badge]
        return next((one for one in self.all() if one.id in found), None)

    def add(self, name: str, pin: str, role: str, badge: str = "", by: str | None = None) -> Officer:
        """Add an officer; raises PinUnfit, NameMissing and the like."""
        with self.context.log.act(by) as act:
            return add_officer(self.context, act, name, pin, role, badge)

    def may_change(self, by: Officer) -> None:
        """Return if `by` is a lead, who alone says who sits at the desk; raises LeadNeeded."""
        if by.role != "lead":
            raise LeadNeeded(act=Said(OFFICERS))

    def join(self, name: str, pin: str, role: str, by: Officer) -> Officer:
        """Add an officer as the lead `by` does it on the screens; raises LeadNeeded and what `add` raises."""
        self.may_change(by)
        return self.add(name, pin, role, by=by.id)

    def badges(self) -> dict[str, str]:
        """Return the digits on the badge of each officer who has one, by his id."""
        with self.context.store.reading() as session:
            rows = desks.officers(session, self.context.settings.desk)
            return {row.id: badge_digits(int(row.badge)) for row in rows if row.badge.isdecimal()}

    def give_badge(self, whose: Officer, by: Officer) -> str:
        """Give an officer a new badge in place of the old one; returns its digits. Raises LeadNeeded, NotOneOfUs."""
        number = int.from_bytes(self.context.chance.random_bytes(_BADGE_BYTES), "big")
        self._change(whose, by, badge=str(number))
        return badge_digits(number)

    def retire(self, whose: Officer, by: Officer) -> None:
        """Let an officer sign in no more; what he did stays his. Raises LeadNeeded, NotOneOfUs, StillNeeded."""
        known = self.all()
        if whose.id == by.id or not any(one.role == "lead" for one in known if one.id != whose.id):
            raise StillNeeded(officer=whose.name)
        self._change(whose, by, active=False)

    def _change(self, whose: Officer, by: Officer, *, badge: str | None = None, active: bool = True) -> None:
        self.may_change(by)
        with self.context.log.act(by.id) as act:
            row = desks.officer(act.session, whose.id)
            if row is None or not row.is_active:
                raise NotOneOfUs(officer=whose.id, known="")
            body = {"officer": row.id, "role": row.role, "badge": row.badge if badge is None else badge}
            act.append("officer.changed", {**body, "active": active}, {"name": row.name})

    def change_pin(self, officer: Officer, pin: str) -> None:
        """Give `officer` a new PIN."""
        row = _key_row(self.context, officer.id, pin)
        with self.context.store.writing() as session:
            session.merge(row)

    def check_pin(self, officer: Officer, pin: str) -> None:
        """Return if `pin` is the officer's; raises PinWrong with the tries left, or PinClosed.

        One transaction looks at the PIN and counts a wrong one; the answer is given after it is on disk. Right
        PINs of several programs at once therefore never look like wrong ones, and write nothing.
        """
        with self.context.store.reading() as session:
            row = _known(session, officer)
            _refuse_closed(row, self.context.clock())
            salt, how = row.salt, row.how
        hashed = hash_pin(pin, salt, how)  # slow: before the transaction, which nobody else may wait for
        with self.context.store.writing() as session:
            row = _known(session, officer)
            _refuse_closed(row, self.context.clock())
            is_right = hmac.compare_digest(hashed if row.salt == salt else hash_pin(pin, row.salt, row.how), row.hashed)
            failures = 0 if is_right else row.failures + 1
            if failures != row.failures:
                row.failures = failures
                row.closed_until_at = _closed_until(failures, self.context.clock())
                session.add(row)
        if not is_right:
            if failures >= FREE_TRIES:
                raise PinClosed(minutes=_wait_minutes(failures))
            raise PinWrong(left=FREE_TRIES - failures)

    def sign_in(self, officer: Officer, pin: str) -> Officer:
        """Check the PIN and write down that `officer` sits at the desk (where nothing may be written: only check)."""
        self.check_pin(officer, pin)
        if self.context.log.closed is not None:
            return officer
        with self.context.log.act(officer.id) as act:
            act.append("officer.signed_in", {"officer": officer.id})
        return officer

    def sign_out(self, officer: Officer) -> None:
        """Write down that `officer` left the desk."""
        with self.context.log.act(officer.id) as act:
            act.append("officer.signed_out", {"officer": officer.id})


def add_officer(context: Context, act: Act, name: str, pin: str, role: str, badge: str = "") -> Officer:
    """Add an officer within `act`; returns him."""
    officer = Officer(context.chance.new_id(), officer_name(name), role)
    act.session.add(_key_row(context, officer.id, pin))
    act.append("officer.added", {"officer": officer.id, "role": role, "badge": badge}, {"name": officer.name})
    return officer


def officer_name(name: str) -> str:
    """Return an officer's name as it is stored; raises NameMissing, NameUnreadable."""
    found = name_of(name)
    if not found:
        raise NameMissing()
    if not has_letters(found) or len(found) > NAME_LIMIT:
        raise NameUnreadable(limit=NAME_LIMIT)
    return found


def _key_row(context: Context, officer: str, pin: str) -> OfficerKeyRow:
    if not is_fit(pin):
        raise PinUnfit()
    salt = context.chance.random_bytes(16)
    return OfficerKeyRow(officer=officer, how=PIN_HASH, salt=salt, hashed=hash_pin(pin, salt))


def is_fit(pin: str) -> bool:
    """Return whether `pin` is six digits, neither all the same nor in a row up or down."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return False
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return steps not in ({0}, {1}, {-1})


def _known(session: Session, officer: Officer) -> OfficerKeyRow:
    row = own.officer_key(session, officer.id)
    if row is None:
        raise NotOneOfUs(officer=officer.id, known="")
    return row


def _wait_minutes(failures: int) -> int:
    return min(int(2 ** (failures - FREE_TRIES)), _LONGEST_WAIT_MIN)


def _closed_until(failures: int, now: datetime) -> datetime | None:
    return now + timedelta(minutes=_wait_minutes(failures)) if failures >= FREE_TRIES else None


def _refuse_closed(row: OfficerKeyRow, now: datetime) -> None:
    if row.closed_until_at is not None and now < row.closed_until_at:
        left = row.closed_until_at - now
        raise PinClosed(minutes=max(1, -(-int(left.total_seconds()) // 60)))
