"""The proof on a paper: exact bytes and digits, and their way back."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.keys import SigningKey, key_id, verified
from desk.rules.codes import has_right_check, with_check
from desk.rules.proof import (
    KINDS,
    SlipProof,
    opened,
    qr_text,
    read_digits,
    read_tracking,
    short_digits,
    signed_digits,
)

KEY = SigningKey.make(bytes(range(32)))
PROOF = SlipProof(
    kind="slip",
    practice=False,
    key_id=key_id(KEY.public),
    tracking=0x0123456789ABCDEF,
    code_on=date(2026, 9, 5),
    serial=123,
    procedure=1_001_193,
    accepted_at=datetime(2026, 9, 5, 1, 15, tzinfo=UTC),
    due_at=datetime(2026, 9, 9, 10, 0, tzinfo=UTC),
    copy=1,
    tag=b"\xde\xad\xbe\xef",
)
_MINUTES = st.integers(1, (1 << 27) - 1).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
PROOFS = st.builds(
    SlipProof,
    kind=st.sampled_from(sorted(KINDS)),
    practice=st.booleans(),
    key_id=st.binary(min_size=4, max_size=4),
    tracking=st.integers(0, (1 << 64) - 1),
    code_on=st.dates(date(2020, 1, 2), date(2199, 6, 1)),
    serial=st.integers(1, (1 << 24) - 1),
    procedure=st.integers(0, (1 << 24) - 1),
    accepted_at=_MINUTES,
    due_at=st.none() | _MINUTES,
    copy=st.integers(0, 255),
    tag=st.binary(min_size=4, max_size=4),
)


def test_the_bytes_are_layout_1() -> None:
    accepted = 2439 * 1440 + 75
    due = 2443 * 1440 + 600
    assert PROOF.to_bytes() == (
        bytes([0b0001_001_0])
        + key_id(KEY.public)
        + bytes.fromhex("0123456789abcdef")
        + (2439).to_bytes(2, "big")
        + (123).to_bytes(3, "big")
        + (1_001_193).to_bytes(3, "big")
        + (accepted << 27 | due).to_bytes(7, "big")
        + b"\x01"
        + b"\xde\xad\xbe\xef"
    )


@given(PROOFS)
def test_every_proof_comes_back_from_its_bytes(proof: SlipProof) -> None:
    assert SlipProof.from_bytes(proof.to_bytes()) == proof


@given(st.binary(min_size=33, max_size=33).map(lambda body: bytes([0x10 | body[0] & 15]) + body[1:]))
def test_no_two_bodies_are_one_proof(body: bytes) -> None:
    try:
        proof = SlipProof.from_bytes(body)
    except ValueError:
        return
    assert proof.to_bytes() == body


@given(st.binary(max_size=40))
def test_other_bytes_are_refused_by_value_error_only(body: bytes) -> None:
    try:
        SlipProof.from_bytes(body)
    except ValueError:
        return
    assert len(body) == 33


def test_a_code_of_another_form_has_neither_date_nor_serial() -> None:
    portal = replace(PROOF, code_on=None, serial=0)
    assert portal.to_bytes()[13:18] == bytes(5)
    assert SlipProof.from_bytes(portal.to_bytes()) == portal


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_on": None},
        {"serial": 0},
        {"tracking": 1 << 64},
        {"serial": 1 << 24},
        {"procedure": 1 << 24},
        {"key_id": b"123"},
        {"tag": b""},
        {"accepted_at": datetime(2019, 12, 31, 23, 59, tzinfo=UTC)},
        {"due_at": datetime(2300, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_value_outside_its_field_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, OverflowError)):
        replace(PROOF, **wrong).to_bytes()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (0, b"\x22"),  # another version
        (0, b"\x10"),  # a kind that no paper has
        (21, b"\x40"),  # more than two minutes of 27 bits
        (13, b"\0\0"),  # a serial without a day
        (15, b"\0\0\0"),  # a day without a serial
    ],
)
def test_a_body_that_no_paper_has_is_refused(place: int, part: bytes) -> None:
    body = PROOF.to_bytes()
    with pytest.raises(ValueError):
        SlipProof.from_bytes(body[:place] + part + body[place + len(part) :])


def test_copies_past_255_share_the_last_number() -> None:
    assert SlipProof.from_bytes(replace(PROOF, copy=300).to_bytes()).copy == 255


def test_97_bytes_are_234_digits_and_two_check_digits() -> None:
    digits = signed_digits(PROOF, KEY)
    assert len(digits) == 236
    assert int(digits) % 97 == 1
    raw = int(digits[:-2]).to_bytes(97, "big")
    assert raw[:33] == PROOF.to_bytes()
    assert verified(KEY.public, raw[33:], raw[:33])


@given(PROOFS)
def test_digits_of_any_proof_open_again(proof: SlipProof) -> None:
    digits = signed_digits(proof, KEY)
    signed = opened(digits)
    assert signed is not None
    assert signed.proof == proof
    assert verified(KEY.public, signed.signature, signed.body)


@pytest.mark.parametrize("digits", ["", "0", "9" * 234 + "00", "0" * 236, "1" * 235, "1" * 237, "١" * 236])
def test_digits_that_hold_no_layout_1_open_to_nothing(digits: str) -> None:
    assert opened(digits) is None


def test_the_short_form_is_the_tracking_number() -> None:
    assert short_digits(7) == with_check("00000000000000000007")
    assert len(short_digits((1 << 64) - 1)) == 22
    assert read_tracking(short_digits(7)) == 7
    assert read_tracking(with_check("99999999999999999999")) is None


def test_the_tracking_number_is_read_from_both_forms() -> None:
    long = qr_text("https://dvc.example.vn/t/", signed_digits(PROOF, KEY))
    assert read_tracking(long) == PROOF.tracking
    assert read_tracking(short_digits(PROOF.tracking)) == PROOF.tracking
    assert read_tracking(with_check("1" * 234)) is None
    assert read_tracking("H49.35-260905-0123") is None
    assert read_tracking("") is None


@given(st.integers(0, (1 << 64) - 1), st.integers(0, 21), st.integers(1, 9))
def test_a_changed_digit_of_the_short_form_is_seen(tracking: int, place: int, step: int) -> None:
    digits = short_digits(tracking)
    changed = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    assert not has_right_check(changed)
    assert read_tracking(changed) is None


def test_the_address_stands_in_capitals_before_the_digits() -> None:
    for url in ("https://dvc.example.vn/t/", "https://dvc.example.vn/t"):
        assert qr_text(url, "0123") == "HTTPS://DVC.EXAMPLE.VN/T/0123"
    assert qr_text("", "0123") == "0123"


def test_input_methods_leave_the_whole_text_of_a_paper_unharmed() -> None:
    # The Unikey engine's answers to scanned text are in the vectors beside: whatever is digits after a last
    # slash came out as it went in, in every mode.
    vectors = Path(__file__).parent / "ime_vectors.tsv"
    with vectors.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if row and not row[0].startswith("#")]
    judged = [row for row in rows[1:] if read_digits(row[0]) == row[0].rpartition("/")[2]]
    assert judged
    for row in judged:
        assert {read_digits(typed) for typed in row[1:]} == {read_digits(row[0])}
