"""Tokens and the joining of desks: a token is good once, for one unit and one slot, for 72 hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlmodel import Session, col, select

from desk.clock import to_ms
from desk.keys import SigningKey, key_id
from storage.center import audience, own
from storage.center.own import About
from storage.center.tables import EnrolledDesk, EnrolmentToken, UnitSalt
from storage.joining import LONGEST_HOST, JoinRequest, certified, host_fits, tracking_url_of
from storage.wire import hash_of

TOKEN_LASTS: Final = timedelta(hours=72)
SALT_BYTES: Final = 32


class Refused(Exception):
    """A desk that cannot join: the word of the answer, its HTTP status and what the officer is told."""

    def __init__(self, status: str, http: int, **facts: object) -> None:
        super().__init__(status)
        self.status = status
        self.http = http
        self.facts = facts


class Joined(NamedTuple):
    """A desk that joined."""

    certificate: Mapping[str, Any]
    unit_salt: str


def keep_token(session: Session, secret: bytes, unit: str, slot: int, now: datetime) -> datetime:
    """Keep the hash of a new token's `secret`; returns when it expires."""
    expires_at = now + TOKEN_LASTS
    session.add(EnrolmentToken(hashed=hash_of(secret), unit=unit, slot=slot, made_at=now, expires_at=expires_at))
    return expires_at


def slot_holder(session: Session, unit: str, slot: int) -> str | None:
    """Return the desk that has `slot` of `unit`, None where it is free."""
    statement = select(EnrolledDesk.desk).where(
        EnrolledDesk.unit == unit, EnrolledDesk.slot == slot, col(EnrolledDesk.revoked_at).is_(None)
    )
    return session.exec(statement).first()


def join(session: Session, asked: JoinRequest, key: SigningKey, about: About, new_salt: bytes, now: datetime) -> Joined:
    """Let the desk that `asked` join; raises Refused.

    A desk whose answer was lost asks again with the same token and key and is given the same certificate.
    """
    token = session.get(EnrolmentToken, hash_of(asked.secret))
    if token is None:
        raise Refused("token_unknown", 403)
    known = session.get(EnrolledDesk, asked.desk)
    if known is not None and known.public_key != asked.public_key.hex():
        raise Refused("desk_known", 409)
    if known is not None and known.revoked_at is not None:
        raise Refused("revoked", 403)
    if token.used_at is not None:
        if known is None or token.used_by != asked.desk:
            raise Refused("token_used", 403)
        return Joined(known.certificate, _unit_salt(session, token.unit, new_salt))
    _check(session, token, asked, now)
    tracking_url = own.tracking_url(session) or tracking_url_of(asked.url)
    if not host_fits(tracking_url):
        raise Refused("host_too_long", 422, longest=LONGEST_HOST)
    certificate = certified(
        {
            "desk": asked.desk,
            "public_key": asked.public_key.hex(),
            "unit": token.unit,
            "agency_code": asked.agency_code,
            "slot": token.slot,
            "epoch": asked.epoch,
            "center": about.id,
            "center_key": about.public_key,
            "tracking_url": tracking_url,
            "issued_at": to_ms(now),
        },
        key,
    )
    audience.begin(session, token.unit)
    session.merge(_enrolled(asked, certificate, now))
    token.used_at = now
    token.used_by = asked.desk
    session.add(token)
    return Joined(certificate, _unit_salt(session, token.unit, new_salt))


def _check(session: Session, token: EnrolmentToken, asked: JoinRequest, now: datetime) -> None:
    if now > token.expires_at:
        raise Refused("token_expired", 403)
    if token.unit != asked.unit:
        raise Refused("unit_differs", 403, token_unit=token.unit, unit=asked.unit)
    if slot_holder(session, token.unit, token.slot) not in (None, asked.desk):
        raise Refused("slot_taken", 409, unit=token.unit, slot=token.slot)


def _enrolled(asked: JoinRequest, certificate: Mapping[str, Any], now: datetime) -> EnrolledDesk:
    return EnrolledDesk(
        desk=asked.desk,
        public_key=asked.public_key.hex(),
        key_id=key_id(asked.public_key).hex(),
        unit=certificate["unit"],
        agency_code=asked.agency_code,
        slot=certificate["slot"],
        genesis=asked.genesis,
        certificate=certificate,
        enrolled_at=now,
    )


def _unit_salt(session: Session, unit: str, new_salt: bytes) -> str:
    row = session.get(UnitSalt, unit)
    if row is None:
        row = UnitSalt(unit=unit, salt=new_salt.hex())
        session.add(row)
    return row.salt
