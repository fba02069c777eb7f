"""The center over HTTP: no body makes it fail, none is taken half, and its answers carry safe headers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from desk import diagnostics
from desk.errors.store import StoreBusy
from desk.rules.proof import short_digits
from storage.center import app
from storage.center.app import make_app
from storage.center.center import Center
from storage.messages import CONTENT_TYPE, read_answer, request, sealed, signed
from tests.storage.centers import APP, join, lines, new_center, sync
from tests.storage.desks import Desk, new_desk


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Center]]:
    """A desk that joined a center and has synced two dossiers."""
    folder = tmp_path_factory.mktemp("app")
    desk, center = new_desk(folder / "home"), new_center(folder)
    join(desk, center)
    desk.accept(2)
    sync(desk, center)
    yield desk, center
    desk.store.close()
    center.close()


@pytest.fixture(scope="module")
def client(home: tuple[Desk, Center]) -> Iterator[TestClient]:
    """A client that raises whatever the application lets through."""
    with TestClient(make_app(home[1], lambda unit: f"Phường {unit}")) as fresh:
        yield fresh


def _right(home: tuple[Desk, Center]) -> bytes:
    desk, _center = home
    return request(desk.id, APP, 0, [sealed(desk.events(), desk.key)], desk.key)


def test_an_exchange_over_http_is_the_exchange(client: TestClient, home: tuple[Desk, Center]) -> None:
    response = client.post("/v1/sync", content=_right(home))
    assert (response.status_code, response.headers["content-type"]) == (200, CONTENT_TYPE)
    assert read_answer(response.content, home[1].key.public)["status"] == "ok"


@pytest.mark.parametrize("path", ["/v1/sync", "/v1/enrol"])
@given(st.binary(max_size=2000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_body_makes_the_center_fail(client: TestClient, path: str, body: bytes) -> None:
    response = client.post(path, content=body)
    assert 400 <= response.status_code < 500


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_changed_request_makes_the_center_fail_or_store(
    client: TestClient, home: tuple[Desk, Center], data: st.DataObject
) -> None:
    message = bytearray(_right(home))
    for _change in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(message) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "insert"])):
            case "flip":
                message[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del message[place : place + data.draw(st.integers(1, 50))]
            case _:
                message[place:place] = data.draw(st.binary(max_size=20))
        message = message or bytearray(b"x")
    before = len(lines(home[1]))
    response = client.post("/v1/sync", content=bytes(message))
    assert response.status_code < 500
    assert len(lines(home[1])) == before


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-(2**70), 2**70) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
_KEYS = ("proto", "desk", "app", "clock", "segments", "unit", "agency_code", "epoch", "token", "identity", "url")


@pytest.mark.parametrize("path", ["/v1/sync", "/v1/enrol"])
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES), st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_signed_nonsense_of_a_known_desk_makes_the_center_fail(
    client: TestClient, home: tuple[Desk, Center], path: str, header: dict[str, object], rest: bytes
) -> None:
    desk, _center = home
    payload = json.dumps({"desk": desk.id, **header}).encode() + b"\n" + rest
    assert 200 <= client.post(path, content=signed({"desk": desk.id}, payload, desk.key)).status_code < 500


def test_a_body_larger_than_any_of_ours_is_refused_before_it_is_read(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post("/v1/enrol", content=b"x" * (app.LARGEST_ENROL + 1)).status_code == 413
    monkeypatch.setattr(app, "LARGEST_SYNC", 1000)

    def pieces() -> Iterator[bytes]:
        for _piece in range(50):
            yield b"x" * 100

    assert client.post("/v1/sync", content=pieces()).status_code == 413
    assert client.post("/v1/sync", content=b"x" * 1000, headers={"content-length": "99999999"}).status_code == 413


def test_a_fault_of_ours_is_noted_by_its_place_and_without_a_word_of_what_was_sent(
    home: tuple[Desk, Center],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fails(_message: bytes) -> None:
        raise ValueError("Nguyễn Thị Lan")

    monkeypatch.setattr(home[1], "exchange", fails)
    notes = diagnostics.begin(tmp_path)
    with TestClient(make_app(home[1])) as client:
        response = client.post("/v1/sync", content=b"x")
    assert (response.status_code, response.content) == (500, b"")
    written = notes.read_text(encoding="utf-8")
    assert "failed ValueError at" in written and "fails" in written
    assert "answered path='/v1/sync' status=500" in written
    assert "Lan" not in written + caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("path", ["/", "/tracuu", "/T/1%0A2"])
def test_whoever_mistypes_the_address_is_shown_where_to_put_the_digits(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert 'name="digits"' in response.text
    wrong_way = client.delete("/verify")
    assert (wrong_way.status_code, wrong_way.content) == (405, b"")


@pytest.mark.parametrize("path", ["/t/{}", "/T/{}"])
def test_the_citizens_page_is_found_under_both_cases(client: TestClient, path: str) -> None:
    response = client.get(path.format(short_digits(10**15 + 1)))
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Phường H49.35" in response.text and "Được tiếp nhận" in response.text
    head = client.head(path.format(short_digits(10**15 + 1)))
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/t/1",
        "/T/abc",
        "/t/%00",
        "/t/%3Cscript%3E",
        "/t/" + "9" * 5000,
        "/t/a/b/c",
        "/t/%FF%FE",
        "/t/..%2F..%2Fx",
    ],
)
def test_any_other_digits_are_not_found(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<script" not in response.text.replace("&lt;script", "")


@pytest.mark.parametrize("path", ["/t/1", "/t/", "/verify", "/healthz", "/nothing", "/v1/sync"])
def test_every_answer_has_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/redoc", "/", "/v1/", "/metrics"])
def test_nothing_else_is_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_its_health_is_that_of_its_database(
    client: TestClient, home: tuple[Desk, Center], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/healthz").status_code == 200
    monkeypatch.setattr(home[1].store, "reading", _raising)
    assert client.get("/healthz").status_code == 503
    busy = client.post("/v1/sync", content=_right(home))
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "10")


def _raising() -> None:
    raise StoreBusy


def test_no_http_library_is_needed_by_the_center_itself() -> None:
    import subprocess
    import sys

    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, storage.center.opening, storage.sync.exchange; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not set(loaded) & {"fastapi", "starlette", "uvicorn", "httpx2", "httpx"}


def test_a_page_is_shown_from_the_shipped_translations(client: TestClient, tmp_path: Path) -> None:
    words = client.get("/t/1").text
    assert '<html lang="vi">' in words and "Không có hồ sơ nào" in words and "No dossier has these digits" in words
