"""Judging papers: no forgery passes as genuine, and nothing is called forged that is only unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.keys import SigningKey, key_id
from desk.rules.codes import with_check
from desk.rules.proof import SlipProof, qr_text, short_digits, signed_digits
from desk.rules.verdict import KnownDossier, KnownKey, judge
from tests.desk.rules.test_layout_digits import typed
from tests.desk.rules.test_proof import KEY, PROOF

URL = "https://dvc.example.vn/t/"
OURS = KnownKey(KEY.public, desk="d1", unit="06709", agency_code="H49.35")
OTHER_KEY = SigningKey.make(bytes(reversed(range(32))))
OTHERS = KnownKey(OTHER_KEY.public, desk="d2", unit="06712", agency_code="H49.36")
PRACTICE_KEY = SigningKey.make(b"practice" * 4)
PRACTICE = KnownKey(PRACTICE_KEY.public, desk="p", unit="TH", agency_code="TH", practice=True)
DIGITS = signed_digits(PROOF, KEY)
KNOWN = {PROOF.tracking: KnownDossier("H49.35-260905-0123", {"slip": 1})}


def by(key: SigningKey, **changed: object) -> str:
    """Return the digits of the proof with `changed`, naming `key` and signed by it."""
    return signed_digits(replace(PROOF, **{"key_id": key_id(key.public), **changed}), key)  # type: ignore[arg-type]


def test_a_paper_of_ours_is_genuine_and_tells_its_facts() -> None:
    verdict = judge(qr_text(URL, DIGITS), [OTHERS, OURS], KNOWN.get, URL)
    assert verdict.word == "genuine"
    assert (verdict.why, verdict.other_host, verdict.replaced_by) == ("", "", None)
    assert verdict.proof == PROOF
    assert verdict.key == OURS
    assert verdict.code == "H49.35-260905-0123"
    assert verdict.confirmed


def test_a_paper_of_a_dossier_not_known_here_is_genuine_but_not_confirmed() -> None:
    verdict = judge(DIGITS, [OURS])
    assert verdict.word == "genuine"
    assert not verdict.confirmed
    assert verdict.code == "H49.35-260905-0123"


def test_a_code_of_another_form_is_only_said_where_the_log_knows_it() -> None:
    digits = by(KEY, code_on=None, serial=0)
    assert judge(digits, [OURS]).code is None
    known = KnownDossier("G15-260905-0150001")
    assert judge(digits, [OURS], lambda tracking: known).code == "G15-260905-0150001"


def test_an_original_after_its_reprint_is_genuine_and_replaced() -> None:
    known = KnownDossier("H49.35-260905-0123", {"slip": 3, "result_receipt": 7})
    assert judge(DIGITS, [OURS], lambda tracking: known).replaced_by == 3
    assert judge(by(KEY, copy=3), [OURS], lambda tracking: known).replaced_by is None


def test_a_paper_of_another_act_replaces_none() -> None:
    known = KnownDossier("H49.35-260905-0123", {"slip": 3}, of_act={("slip", 1): 2, ("slip", 2): 2, ("slip", 3): 3})
    assert judge(DIGITS, [OURS], lambda tracking: known).replaced_by == 2
    assert judge(by(KEY, copy=2), [OURS], lambda tracking: known).replaced_by is None


def test_a_void_paper_is_genuine_and_void() -> None:
    known = KnownDossier("H49.35-260905-0123", {"slip": 1}, void=frozenset({("slip", 1)}))
    verdict = judge(DIGITS, [OURS], lambda tracking: known)
    assert (verdict.word, verdict.is_void, verdict.replaced_by) == ("genuine", True, None)
    assert not judge(by(KEY, copy=2), [OURS], lambda tracking: known).is_void


def test_no_change_of_one_digit_passes() -> None:
    for place, digit in enumerate(DIGITS):
        for other in "0123456789".replace(digit, ""):
            changed = DIGITS[:place] + other + DIGITS[place + 1 :]
            assert judge(changed, [OURS], KNOWN.get).word == "altered"


def test_no_change_of_one_digit_passes_with_check_digits_made_right_again() -> None:
    for place, digit in enumerate(DIGITS[:-2]):
        for other in "0123456789".replace(digit, "")[place % 3 :: 3]:
            changed = with_check(DIGITS[:place] + other + DIGITS[place + 1 : -2])
            assert judge(changed, [OURS], KNOWN.get).word in ("altered", "unknown_key", "practice", "not_ours")


def test_no_swap_of_neighbours_passes() -> None:
    for place in range(len(DIGITS) - 1):
        swapped = DIGITS[:place] + DIGITS[place + 1] + DIGITS[place] + DIGITS[place + 2 :]
        if swapped != DIGITS:
            assert judge(swapped, [OURS]).word == "altered"


@pytest.mark.parametrize(
    "text",
    [
        "0" + DIGITS,
        "00" + DIGITS,
        DIGITS + "0",
        DIGITS.lstrip("0"),
        DIGITS[1:],
        DIGITS[:-1],
        DIGITS[:100] + "x" + DIGITS[100:],
        with_check("0" + DIGITS[:-2]),
        with_check(str(int(DIGITS[:-2]) + (1 << 776))),
        with_check(str(int(DIGITS[:-2]) + (1 << 776)).rjust(234, "0")[-234:]),
        "0" + short_digits(PROOF.tracking),
        with_check("0" + short_digits(PROOF.tracking)[:-2]),
        "",
        "H49.35-260905-0123",
        "不是数字",
    ],
)
def test_leading_zeros_and_digits_too_many_or_too_few_are_not_genuine(text: str) -> None:
    assert judge(text, [OURS], KNOWN.get).word in ("not_ours", "altered")


def test_another_desks_signature_under_our_name_is_altered() -> None:
    assert judge(signed_digits(PROOF, OTHER_KEY), [OURS, OTHERS]).word == "altered"


def test_a_key_not_known_here_is_unknown_and_not_called_forged() -> None:
    verdict = judge(by(OTHER_KEY), [OURS], KNOWN.get)
    assert (verdict.word, verdict.why, verdict.key) == ("unknown_key", "key", None)


def test_two_keys_with_one_id_are_both_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ids have four bytes, so twins exist but are too rare to be found here: every key gets the same id.
    monkeypatch.setattr("desk.keys.key_id", lambda public: PROOF.key_id)
    assert judge(DIGITS, [OTHERS, OURS]).key == OURS
    assert judge(DIGITS, [OTHERS]).word == "altered"


def test_a_practice_paper_is_practice_on_a_real_desk_and_in_practice() -> None:
    digits = by(PRACTICE_KEY, practice=True)
    assert judge(digits, [OURS]).word == "practice"
    assert judge(digits, [PRACTICE]).word == "practice"


def test_the_practice_key_makes_no_genuine_paper() -> None:
    assert judge(by(PRACTICE_KEY), [OURS, PRACTICE]).word == "altered"
    assert judge(by(PRACTICE_KEY), [OURS]).word == "unknown_key"
    assert judge(by(KEY, practice=True), [OURS]).word == "practice"
    broken = signed_digits(replace(PROOF, practice=True), OTHER_KEY)
    assert judge(broken, [OURS]).word == "altered"


def test_a_key_revoked_on_a_date_is_honoured_before_it() -> None:
    later = replace(OURS, revoked_at=PROOF.accepted_at + timedelta(days=1))
    assert judge(DIGITS, [later], KNOWN.get).word == "genuine"
    assert not judge(DIGITS, [later]).confirmed
    earlier = replace(OURS, revoked_at=PROOF.accepted_at - timedelta(minutes=1))
    verdict = judge(DIGITS, [earlier], KNOWN.get)
    assert (verdict.word, verdict.why) == ("unknown_key", "revoked")


def test_another_host_is_said_beside_the_verdict() -> None:
    verdict = judge(qr_text("https://evil.example/t/", DIGITS), [OURS], KNOWN.get, URL)
    assert (verdict.word, verdict.other_host) == ("genuine", "evil.example")
    assert judge(DIGITS, [OURS], KNOWN.get, URL).other_host == ""


def test_the_short_form_is_worth_what_the_log_knows() -> None:
    short = short_digits(PROOF.tracking)
    verdict = judge(qr_text(URL, short), [OURS], KNOWN.get, URL)
    assert (verdict.word, verdict.code, verdict.confirmed) == ("genuine", "H49.35-260905-0123", True)
    assert verdict.proof is None
    assert judge(short, [OURS]).why == "number"
    assert judge(short, [OURS], lambda tracking: KnownDossier("TH-1", practice=True)).word == "practice"
    assert judge(with_check("9" * 20), [OURS], lambda tracking: KnownDossier("x")).word == "not_ours"
    wrong = short[:-1] + str((int(short[-1]) + 1) % 10)
    assert judge(wrong, [OURS], KNOWN.get).word == "altered"


def test_a_paper_scanned_under_the_vietnamese_layout_is_judged_the_same() -> None:
    assert judge(typed(qr_text(URL, DIGITS)), [OURS], KNOWN.get, URL).word == "genuine"
    assert judge(typed(short_digits(PROOF.tracking)), [OURS], KNOWN.get, URL).word == "genuine"


def test_a_later_layout_is_not_ours_yet() -> None:
    raw = bytearray(int(DIGITS[:-2]).to_bytes(97, "big"))
    raw[0] = 0x20 | raw[0] & 15
    text = with_check(f"{int.from_bytes(raw, 'big'):0234d}")
    assert (judge(text, [OURS]).word, judge(text, [OURS]).why) == ("not_ours", "layout")


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert judge(text, [OURS], KNOWN.get, URL).word == "not_ours"


@given(st.integers(0, 96), st.integers(1, 255))
def test_no_change_of_one_byte_passes(place: int, flip: int) -> None:
    raw = bytearray(int(DIGITS[:-2]).to_bytes(97, "big"))
    raw[place] ^= flip
    text = with_check(f"{int.from_bytes(raw, 'big'):0234d}")
    assert judge(text, [OURS], KNOWN.get).word != "genuine"


def test_facts_of_a_paper_are_read_to_the_minute() -> None:
    verdict = judge(DIGITS, [OURS])
    assert isinstance(verdict.proof, SlipProof)
    assert verdict.proof.accepted_at == datetime(2026, 9, 5, 1, 15, tzinfo=UTC)
