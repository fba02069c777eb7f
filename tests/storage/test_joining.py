"""Tokens, requests to join and certificates: typed by people, carried over any line, trusted by nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.keys import SigningKey
from storage.joining import (
    JoinRequest,
    OtherCenter,
    certificate_holds,
    certified,
    host_fits,
    join_request,
    name_of,
    read_join_answer,
    read_join_request,
    read_token,
    token_text,
    tracking_url_of,
)
from storage.messages import BadMessage, answer, signed
from storage.wire import compact
from tests.storage.desks import identity

KEY = SigningKey.make(b"d" * 32)
CENTER = SigningKey.make(b"c" * 32)
OTHER = SigningKey.make(b"o" * 32)
DESK = "0192f0a1-7c3a-7b11-8a55-000000000001"


@given(st.binary(min_size=16, max_size=16))
def test_a_token_is_read_back_however_it_is_typed(secret: bytes) -> None:
    text = token_text(secret, CENTER.public)
    assert len(text) == 69 and text.count("-") == 13
    for typed in (text, text.lower(), text.replace("-", ""), text.replace("-", " "), f"  {text}\n"):
        assert read_token(typed) == (secret, name_of(CENTER.public))
    misread = text.replace("O", "0").replace("I", "1").replace("B", "8")
    assert read_token(misread).secret == secret


@given(st.binary(min_size=16, max_size=16), st.data())
def test_a_token_with_a_wrong_letter_is_none(secret: bytes, data: st.DataObject) -> None:
    text = token_text(secret, CENTER.public)
    place = data.draw(st.integers(0, len(text) - 1).filter(lambda n: text[n] != "-"))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda letter: letter != text[place]))
    with pytest.raises(ValueError):
        read_token(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize("text", ["", "x", "AAAA-BBBB", "A" * 56, "đ" * 56, "9" * 56, "A" * 5000])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_token(text)


def _asked(**changes: Any) -> JoinRequest:
    values: dict[str, Any] = {
        "desk": DESK,
        "unit": "H49.35",
        "agency_code": "H49.35",
        "epoch": 1,
        "secret": b"s" * 16,
        "identity": identity(DESK, KEY).record,
        "url": "https://center.example.vn",
        "app": "test",
    }
    return JoinRequest(**{**values, **changes})


def test_a_request_to_join_comes_back_as_it_was() -> None:
    asked = read_join_request(join_request(_asked(), 5, KEY))
    assert asked == _asked()
    assert asked.public_key == KEY.public
    assert asked.genesis == identity(DESK, KEY).genesis.head_hash


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": ""},
        {"unit": "a\nb"},
        {"unit": 'x"'},
        {"agency_code": "\x1b"},
        {"epoch": 0},
        {"epoch": 10**12},
        {"url": "javascript:alert(1)"},
        {"url": "https://a b"},
        {"url": "https://x/\n"},
        {"url": ""},
        {"app": "\u202e"},
        {"identity": b""},
        {"identity": b"[]"},
        {"identity": b"[" * 50_000},
        {"identity": identity(DESK, OTHER).record},
        {"identity": identity("another", KEY).record},
        {"identity": identity(DESK, KEY).record.replace(b'"made_at":1', b'"made_at":2')},
        {"desk": "0192f0a1-7c3a-7b11-8a55-000000000002"},
        {"desk": "a b"},
    ],
)
def test_a_request_with_a_field_of_another_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadMessage):
        read_join_request(join_request(_asked(**changes), 5, KEY))


def test_a_request_signed_by_another_key_than_the_identitys_is_refused() -> None:
    with pytest.raises(BadMessage):
        read_join_request(join_request(_asked(), 5, OTHER))


@given(
    st.dictionaries(
        st.sampled_from(["desk", "unit", "epoch", "identity", "token"]), st.integers() | st.text(max_size=9)
    )
)
def test_a_signed_request_of_any_shape_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(BadMessage):
        read_join_request(signed({"desk": DESK}, json.dumps(value).encode(), KEY))


VALUES = {
    "desk": DESK,
    "public_key": KEY.public.hex(),
    "unit": "H49.35",
    "agency_code": "H49.35",
    "slot": 2,
    "epoch": 1,
    "center": "c",
    "center_key": CENTER.public.hex(),
    "tracking_url": "https://x/t/",
    "issued_at": 5,
}


def test_a_certificate_holds_under_its_centers_key_in_any_order_of_its_fields() -> None:
    certificate = certified(VALUES, CENTER)
    assert certificate_holds(certificate, CENTER.public)
    assert certificate_holds(dict(sorted(certificate.items())), CENTER.public)
    assert not certificate_holds(certificate, OTHER.public)


@pytest.mark.parametrize("key", [*VALUES, "signature"])
def test_a_certificate_with_a_field_changed_or_missing_does_not_hold(key: str) -> None:
    certificate = certified(VALUES, CENTER)
    assert not certificate_holds({**certificate, key: "0" * 128}, CENTER.public)
    assert not certificate_holds({**certificate, key: None}, CENTER.public)
    assert not certificate_holds({name: certificate[name] for name in certificate if name != key}, CENTER.public)


def test_the_first_answer_is_trusted_only_from_the_center_the_token_names() -> None:
    value = {"status": "ok", "center": {"key": CENTER.public.hex()}}
    assert read_join_answer(answer(value, CENTER), name_of(CENTER.public)) == (CENTER.public, value)
    with pytest.raises(OtherCenter):
        read_join_answer(answer(value, CENTER), name_of(OTHER.public))
    for wrong in (
        answer(value, OTHER),
        answer({"center": {}}, CENTER),
        answer({"center": {"key": "xyz"}}, CENTER),
        b"<html>",
        compact({"signature": ""}) + b"\n",
    ):
        with pytest.raises(BadMessage):
            read_join_answer(wrong, name_of(CENTER.public))


def test_the_citizens_address_is_short_enough_or_refused() -> None:
    assert tracking_url_of("https://Tracuu.Example.vn:8443/anything") == "https://tracuu.example.vn:8443/t/"
    assert host_fits("https://" + "a" * 65 + "/t/")
    assert not host_fits("https://" + "a" * 66 + "/t/")
