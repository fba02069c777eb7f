"""Whether the center answers as its OpenAPI description says, whatever it is sent (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import checks

from storage.center import lead_routes, public
from storage.center.app import make_app
from storage.center.center import Center
from storage.center.throttle import Throttle
from storage.messages import CONTENT_TYPE, read_signed, request, sealed, signed
from tests.storage.centers import APP
from tests.storage.desks import Desk

_CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@schemathesis.serializer(CONTENT_TYPE)
def _as_bytes(_context: object, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.deserializer(CONTENT_TYPE)
def _unpacked(_context: object, response: schemathesis.Response) -> Any:
    return read_signed(response.content, None)


@contextmanager
def operations(center: Center) -> Iterator[list[Any]]:
    """Yield what the description of `center` offers, where nobody is told to ask less often."""
    unhurried = Throttle(lambda: 0.0, at_once=1 << 30)
    with (
        mock.patch.object(public, "Throttle", lambda *_given: unhurried),
        mock.patch.object(lead_routes, "Throttle", lambda *_given: unhurried),
    ):
        app = make_app(center)
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.app = app
    yield [found.ok() for found in schema.get_all_operations()]


def check(operation: Any, desk: Desk, examples: int) -> None:
    """Send `examples` cases of `operation`, those of the exchange also signed by `desk`; raises on a wrong answer."""

    @given(operation.as_strategy(), st.data())
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def sent(case: schemathesis.Case, data: st.DataObject) -> None:
        if operation.path.startswith("/v1/"):
            case.body = data.draw(_messages(desk) | st.binary(max_size=200))
        case.call_and_validate(checks=_CHECKS)

    sent()


def _messages(desk: Desk) -> st.SearchStrategy[bytes]:
    """Return messages that `desk` has signed: right ones, runs of its log out of place, and nonsense."""
    events = desk.events()
    places = st.tuples(st.integers(0, len(events) - 1), st.integers(1, len(events))).filter(lambda run: run[0] < run[1])
    runs = places.map(lambda run: request(desk.id, APP, 0, [sealed(events[run[0] : run[1]], desk.key)], desk.key))
    nonsense = st.binary(max_size=60).map(lambda rest: signed({"desk": desk.id}, rest, desk.key))
    return runs | nonsense
