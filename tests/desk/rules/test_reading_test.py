"""The scanner's reading test names what is wrong, by what real input methods and layouts make of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.rules.reading_test import TEST_TEXT, Ended, Fault, ended_with, reading_of
from desk.rules.scans import classify

LAYOUT = dict(
    zip("1234567890", ("ă", "â", "ê", "ô", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323", "đ"), strict=True)
)


def input_methods() -> dict[str, str]:
    """Return what each mode of the Unikey engine makes of the text, put together from its words' own vectors."""
    rows = (Path(__file__).parent / "ime_vectors.tsv").read_text(encoding="utf-8").splitlines()
    modes, *vectors = [row.split("\t") for row in rows if not row.startswith("#")]
    made = {row[0]: row[1:] for row in vectors}
    words = TEST_TEXT.split("/")
    return {
        mode: "/".join(made[word][at] if word in made else word for word in words) for at, mode in enumerate(modes[1:])
    }


def test_a_scanner_that_is_right_is_right() -> None:
    assert reading_of(TEST_TEXT, "cr").faults == ()
    assert reading_of(TEST_TEXT, "tab").is_right


@pytest.mark.parametrize(("mode", "typed"), input_methods().items())
def test_every_input_method_shows_itself(mode: str, typed: str) -> None:
    assert typed != TEST_TEXT
    assert reading_of(typed, "cr").faults == ("input_method",)


def test_the_vietnamese_layout_shows_itself_with_and_without_capitals() -> None:
    typed = "".join(LAYOUT.get(letter, letter) for letter in TEST_TEXT)
    assert reading_of(typed, "cr").faults == ("layout",)
    assert reading_of(typed.swapcase(), "lf").faults == ("layout",)


@pytest.mark.parametrize(
    ("typed", "ended", "faults"),
    [
        ("", "none", ("nothing",)),
        ("", "cr", ("nothing",)),
        (TEST_TEXT.lower(), "cr", ("caps_lock",)),
        (TEST_TEXT, "none", ("no_end",)),
        (TEST_TEXT[:9], "cr", ("cut",)),
        (TEST_TEXT[5:], "cr", ("cut",)),
        (TEST_TEXT[:9], "none", ("cut", "no_end")),
        ("8934588063053", "cr", ("other_text",)),
        ("022190000001||Nguyễn Thị Lan|15051990|Nữ|Tổ 1|01032022", "cr", ("other_text",)),
    ],
)
def test_what_is_wrong_is_named(typed: str, ended: Ended, faults: tuple[Fault, ...]) -> None:
    assert reading_of(typed, ended).faults == faults


def test_the_end_that_came_is_the_setting_to_take() -> None:
    assert reading_of(TEST_TEXT + "\r", "crcr").ended == "crcr"


@pytest.mark.parametrize(
    ("ends", "ended"),
    [
        ("", "none"),
        ("\r", "cr"),
        ("\r\n", "cr"),
        ("\r\r", "crcr"),
        ("\r\n\r\n", "crcr"),
        ("\n", "lf"),
        ("\t", "tab"),
        ("\t\r", "tab"),
        ("\r\r\r", "crcr"),
        ("\n\n\n\n\n\n", "lf"),
    ],
)
def test_the_line_ends_that_followed_name_their_setting(ends: str, ended: Ended) -> None:
    assert ended_with(ends) == ended


def test_the_text_is_no_scan_of_ours() -> None:
    assert classify(TEST_TEXT) is None
