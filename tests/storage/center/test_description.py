"""The center answers as its OpenAPI description says, whatever it is sent (schemathesis)."""

from __future__ import annotations

import pytest

from storage.center.center import Center
from tests.storage.answers import check, operations
from tests.storage.centers import join, sync
from tests.storage.desks import Desk

EXAMPLES = 20
"""Cases of one operation; `python -m tests.promises answers` takes more."""


@pytest.fixture
def db() -> None:
    """What is answered does not hang on the database."""


def test_whatever_is_sent_is_answered_as_the_description_says(desk: Desk, center: Center) -> None:
    join(desk, center)
    desk.accept(2)
    sync(desk, center)
    with operations(center) as offered:
        assert {"/v1/sync", "/v1/blobs", "/v1/enrol", "/t/{digits}", "/verify", "/lead", "/healthz"} <= {
            one.path for one in offered
        }
        for operation in offered:
            check(operation, desk, EXAMPLES)
