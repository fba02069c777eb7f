"""Citizens' pages over HTTP: digits typed into a form, and nobody may ask without end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from desk.errors.store import StoreBusy
from desk.rules.proof import short_digits
from storage.center.center import Center
from storage.center.public import LARGEST_FORM, public_pages
from storage.center.throttle import Throttle, asker
from tests.storage.centers import new_center


class Hand:
    """A clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """A center without any desk."""
    with closing(new_center(tmp_path)) as fresh:
        yield fresh


def _client(center: Center, throttle: Throttle | None = None) -> TestClient:
    app = FastAPI()
    app.include_router(public_pages(center, str, throttle))
    return TestClient(app, follow_redirects=False)


def test_digits_typed_into_the_form_lead_to_their_page(center: Center) -> None:
    with _client(center) as client:
        assert client.get("/t/").status_code == 200
        typed = client.get("/t/", params={"digits": "  0000 0000 0000 0000 0005 85 "})
        assert (typed.status_code, typed.headers["location"]) == (303, "/t/0000000000000000000585")
        assert client.get("/t/", params={"digits": "//evil.example/x"}).status_code == 200
        scanned = client.get("/t/", params={"digits": f"HTTPS://A.VN/T/{short_digits(5)}"})
        assert scanned.headers["location"] == f"/t/{short_digits(5)}"


def test_who_asks_too_often_is_told_when_to_come_back_in_both_languages(center: Center) -> None:
    clock = Hand()
    with _client(center, Throttle(clock, at_once=3, per_s=0.1)) as client:
        for _time in range(3):
            assert client.get("/t/1").status_code == 404
        refused = client.get("/t/1")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
        assert "quá nhiều lượt tra cứu" in refused.text and "Too many questions" in refused.text
        assert client.post("/t/1", data={"level": "satisfied"}).status_code == 429
        assert client.get("/verify").status_code == 200
        clock.now += 10
        assert client.get("/t/1").status_code == 404
        assert client.get("/t/1").status_code == 429


def test_a_form_larger_than_any_of_ours_is_not_read(center: Center) -> None:
    with _client(center) as client:
        assert client.post("/t/1", content=b"x" * (LARGEST_FORM + 1)).status_code == 413
        assert client.post("/t/1", content=b"\xff=&&%%%==" * 50).status_code == 303


def test_a_database_that_does_not_answer_is_said_and_not_shown_as_a_fault(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise StoreBusy

    monkeypatch.setattr(center.store, "reading", broken)
    monkeypatch.setattr(center.store, "writing", broken)
    with _client(center) as client:
        for response in (client.get("/t/1"), client.post("/t/1", data={"level": "x"}), client.get("/verify")):
            assert (response.status_code, response.headers["retry-after"]) == (503, "10")
            assert "chưa trả lời được" in response.text


def test_addresses_are_counted_apart_and_the_oldest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Hand()
    throttle = Throttle(clock, at_once=1, per_s=1)
    assert [throttle.wait_s(one) for one in ("a", "b", "a")] == [0, 0, 1]
    monkeypatch.setattr("storage.center.throttle._ADDRESSES", 2)
    assert throttle.wait_s("c") == 0
    assert [throttle.wait_s(one) for one in ("a", "c", "b")] == [1, 1, 0]
    clock.now += 1000
    assert [throttle.wait_s("a"), throttle.wait_s("a")] == [0, 1]


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "whose"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "evil, 198.51.100.1", "198.51.100.1"),
        ("::1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "nonsense"),
        ("2001:db8:1:2:3:4:5:6", "", asker("2001:db8:1:2::9", "")),
        ("testclient", "198.51.100.1", "testclient"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed(peer: str, forwarded_for: str, whose: str) -> None:
    assert asker(peer, forwarded_for) == whose


def test_two_households_are_two() -> None:
    assert asker("2001:db8:1:2::9", "") != asker("2001:db8:1:3::9", "")
