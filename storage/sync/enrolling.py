"""How a desk joins a center: one request with the token, one answer that the token lets it trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk.clock import to_ms
from desk.errors.base import DeskError
from desk.errors.store import KeyMissing
from desk.errors.sync import (
    CenterBusy,
    CenterConfused,
    DeskKnown,
    DeskRevoked,
    HostTooLong,
    LinkCut,
    NotTheCenter,
    SlotTaken,
    TokenExpired,
    TokenOfOtherUnit,
    TokenUnknown,
    TokenUnreadable,
    TokenUsed,
    WrongCenter,
)
from storage.joining import (
    LONGEST_HOST,
    JoinRequest,
    OtherCenter,
    Token,
    certificate_holds,
    host_fits,
    join_request,
    read_join_answer,
    read_token,
)
from storage.log import Log
from storage.messages import BadMessage, typed
from storage.sync.address import center_url
from storage.sync.exchange import Exchange
from storage.tables.own import CenterKeyRow, SyncStateRow
from storage.tables.projected import DeskRow
from storage.wire import hash_of


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a desk that joined was given."""

    desk: str
    center: str
    """The center's id."""
    center_key: bytes
    url: str
    slot: int
    """The desk's slot from now on: the token's."""
    tracking_url: str
    unit_salt: bytes
    """The unit's secret for the tags in its QRs; to be kept beside the desk's key, never in the log."""
    certificate: Mapping[str, Any]


def enrol(log: Log, ask: Exchange, url: str, token: str, *, app: str, actor: str | None = None) -> Enrolled:
    """Join the center behind `ask` and write the certificate into the log; returns what was given.

    ask: brings the request to the center's `/v1/enrol`. url: its address as typed. Asking again with the same
    token is harmless. Raises SyncTrouble, KeyMissing.
    """
    message = request_to_join(log, url, token, app=app)
    return join_by(log, ask(message), url, token, app=app, actor=actor, message=message)


def request_to_join(log: Log, url: str, token: str, *, app: str) -> bytes:
    """Return the signed request to join the center at `url`; raises SyncTrouble, KeyMissing."""
    if log.key is None:
        raise KeyMissing()
    return join_request(_asked(log, token, url, app), to_ms(log.clock()), log.key)


def join_by(
    log: Log, raw: bytes, url: str, token: str, *, app: str, actor: str | None = None, message: bytes | None = None
) -> Enrolled:
    """Write the certificate in the center's answer `raw` into the log; returns what was given.

    message: the request it must answer; None where days lie between the two (a stick): the answer is then held
    by the center's key, which the token names, and by this desk's key and unit, which the certificate names.
    Raises SyncTrouble.
    """
    asked = _asked(log, token, url, app)
    center_key, value = _answer(raw, _read(token), message)
    if value["status"] != "ok":
        raise _trouble_of(value, asked)
    joined = _joined(value, asked, center_key, asked.url)
    _keep(log, joined, actor)
    return joined


def _read(token: str) -> Token:
    try:
        return read_token(token)
    except ValueError as error:
        raise TokenUnreadable() from error


def _asked(log: Log, token: str, url: str, app: str) -> JoinRequest:
    address = center_url(url)
    secret = _read(token).secret
    with log.store.reading() as session:
        row = session.get(DeskRow, log.identity.desk)
        epoch = log.tail(session).epoch
    agency_code = "" if row is None else row.agency_code
    return JoinRequest(
        log.identity.desk, log.identity.unit, agency_code, epoch, secret, log.identity.record, address, app
    )


def _answer(raw: bytes, token: Token, message: bytes | None) -> tuple[bytes, dict[str, Any]]:
    try:
        center_key, value = read_join_answer(raw, token.center)
        typed(value, "status", str)
        if message is not None and typed(value, "request", str) != hash_of(message):
            raise NotTheCenter()
    except OtherCenter as error:
        raise WrongCenter() from error
    except BadMessage as error:
        raise NotTheCenter() from error
    return center_key, value


def _joined(value: Mapping[str, Any], asked: JoinRequest, center_key: bytes, url: str) -> Enrolled:
    """Return what the answer gives, after the certificate was found right; raises CenterConfused, HostTooLong."""
    try:
        certificate = typed(value, "certificate", dict)
        joined = Enrolled(
            asked.desk,
            typed(certificate, "center", str),
            center_key,
            url,
            typed(certificate, "slot", int),
            typed(certificate, "tracking_url", str),
            bytes.fromhex(typed(value, "unit_salt", str)),
            certificate,
        )
    except ValueError as error:
        raise CenterConfused() from error
    ours = (asked.desk, asked.public_key.hex(), asked.unit)
    said = tuple(certificate.get(key) for key in ("desk", "public_key", "unit"))
    if said != ours or not certificate_holds(certificate, center_key):
        raise CenterConfused()
    if not host_fits(joined.tracking_url):
        raise HostTooLong(longest=LONGEST_HOST)
    return joined


def _keep(log: Log, joined: Enrolled, actor: str | None) -> None:
    """Write the certificate into the log and the center's key beside it; another center begins from nothing."""
    key = joined.center_key.hex()
    with log.act(actor) as act:
        act.append(
            "desk.enrolled",
            {
                "center": joined.url,
                "center_id": joined.center,
                "slot": joined.slot,
                "tracking_url": joined.tracking_url,
                "certificate": dict(joined.certificate),
            },
        )
        before = act.session.get(CenterKeyRow, 1)
        if before is not None and before.public_key != key:
            act.session.merge(SyncStateRow())
        act.session.merge(CenterKeyRow(url=joined.url, public_key=key, certificate=dict(joined.certificate)))


def _trouble_of(value: Mapping[str, Any], asked: JoinRequest) -> DeskError:
    """Return what the officer is told of a refusal."""
    simple = {
        "token_unknown": TokenUnknown,
        "token_expired": TokenExpired,
        "token_used": TokenUsed,
        "desk_known": DeskKnown,
        "revoked": DeskRevoked,
    }
    status = value["status"]
    if status in simple:
        return simple[status]()
    if status == "unit_differs":
        return TokenOfOtherUnit(token_unit=str(value.get("token_unit", ""))[:50], unit=asked.unit)
    if status == "slot_taken":
        return SlotTaken(unit=asked.unit, slot=str(value.get("slot", ""))[:5])
    if status == "host_too_long":
        return HostTooLong(longest=LONGEST_HOST)
    if status == "busy":
        return CenterBusy(wait_s=10)
    return LinkCut(cause="bytes were changed on the way") if status == "bad" else CenterConfused()
