"""The scan rule on a made-up clock: form decides, speed only what is taken back."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.codes import with_check
from desk.rules.scans import CardScan, ShortScan, SlipScan
from screens.scanner import LONG_RUN, Found, Give, Scanner, Step, Stroke, TakeBack

CODE = with_check("12345678901234567890")
CARD = "022190000001|123456789|Nguyễn Thị Lan|15051990|Nữ|Tổ 1, phường Móng Cái 2|01012022"
SLIP = "HTTPS://DICHVU.QUANGNINH.VN/T/" + with_check("7" * 234)
NAMES = {"\r": "enter", "\n": "ctrl+j", "\t": "tab", "\x7f": "backspace", "\x1b": "escape"}


class Field:
    """A field that only takes text."""

    def __init__(self) -> None:
        self.text = ""

    def before_scan(self) -> object:
        return self.text

    def undo_scan(self, before: object) -> None:
        self.text = str(before)


class Desk:
    """A scanner, a field or none, and a clock; what the screen gets is written down."""

    def __init__(self, field: Field | None, scanner: Scanner | None = None) -> None:
        self.scanner = scanner or Scanner()
        self.field = field
        self.now_s = 100.0
        self.got: list[str] = []

    def type(self, text: str, gap_s: float = 0.001) -> Desk:
        for character in text:
            self.wait(gap_s)
            stroke = Stroke(NAMES.get(character, character), character, self.now_s)
            self._do(self.scanner.take(stroke, self.field))
        return self

    def wait(self, seconds: float) -> Desk:
        end = self.now_s + seconds
        while (patience_s := self.scanner.patience_s(self.now_s)) is not None and self.now_s + patience_s < end:
            self.now_s += patience_s + 1e-6
            self._do(self.scanner.silence(self.now_s))
        self.now_s = end
        return self

    def _do(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if isinstance(step, Found):
                self.got.append(f"<{type(step.scan).__name__}>")
            elif isinstance(step, TakeBack):
                step.field.undo_scan(step.before)
            else:
                self._give(step)

    def _give(self, step: Give) -> None:
        key, field = step.stroke.key, self.field
        if field is None or (key not in ("backspace",) and len(key) > 1):
            self.got.append(key)
        elif key == "backspace":
            field.text = field.text[:-1]
        else:
            field.text += step.stroke.character or ""


def test_in_a_text_field_a_letter_is_given_at_once() -> None:
    desk = Desk(Field()).type("abc")
    assert desk.field is not None
    assert desk.field.text == "abc"


@pytest.mark.parametrize(("text", "kind"), [(CODE, ShortScan), (CARD, CardScan), (SLIP, SlipScan)])
def test_a_scan_in_a_field_is_found_and_leaves_the_field_as_it_was(text: str, kind: type) -> None:
    field = Field()
    desk = Desk(field).type("Lan", 0.12).wait(1).type(text + "\r")
    assert desk.got == [f"<{kind.__name__}>"]
    assert field.text == "Lan"


@pytest.mark.parametrize("text", [CODE, CARD, SLIP])
def test_where_keys_act_not_one_key_of_a_scan_gets_through(text: str) -> None:
    assert len(Desk(None).type(text + "\r").got) == 1


def test_a_digit_that_acts_is_given_after_the_gap() -> None:
    assert Desk(None).type("3").got == []
    assert Desk(None).type("3").wait(0.031).got == ["3"]


def test_keys_typed_ahead_where_keys_act_are_given_in_their_order() -> None:
    assert Desk(None).type("3\r\r12\x1b").got == ["3", "enter", "enter", "1", "2", "escape"]


def test_a_long_burst_that_is_no_scan_is_given_whole_in_its_order() -> None:
    text = "nguyen van an o to 1 phuong mong cai"
    assert "".join(Desk(None).type(text).wait(1).got) == text
    field = Field()
    Desk(field).type(text + "\t")
    assert field.text == text


def test_of_a_long_run_at_a_scanners_speed_no_more_than_a_little_is_seen_in_the_field() -> None:
    field = Field()
    Desk(field).type(CARD)
    assert len(field.text) == LONG_RUN - 1


def test_what_came_at_a_hands_speed_is_a_scan_by_its_form_and_stays_in_the_field() -> None:
    field = Field()
    desk = Desk(field).type(CODE + "\r", 0.1)
    assert desk.got == ["<ShortScan>"]
    assert field.text == CODE


def test_a_number_with_wrong_check_digits_is_no_scan_however_fast() -> None:
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    field = Field()
    assert Desk(field).type(wrong + "\r").got == ["enter"]
    assert field.text == wrong


def test_an_enter_long_after_a_typed_code_is_the_officers() -> None:
    assert Desk(Field()).type(CODE, 0.1).wait(0.2).type("\r").got == ["enter"]


def test_a_scanner_without_a_suffix_is_found_after_a_silence() -> None:
    desk = Desk(Field(), Scanner(suffix="none")).type(CODE)
    assert desk.got == []
    assert desk.wait(0.16).got == ["<ShortScan>"]
    assert desk.type("\r").got == ["<ShortScan>", "enter"]


SUFFIXES = [("cr", "\r"), ("cr", "\r\n"), ("crcr", "\r\r"), ("crcr", "\r"), ("lf", "\n"), ("tab", "\t"), ("none", "")]


@pytest.mark.parametrize(("setting", "sent"), SUFFIXES)
@pytest.mark.parametrize("field", [Field(), None], ids=["in a field", "where keys act"])
def test_the_suffix_belongs_to_the_scan_and_the_next_enter_does_not(
    setting: str, sent: str, field: Field | None
) -> None:
    scanner = Scanner(suffix=setting)  # type: ignore[arg-type]  # the table names the settings
    desk = Desk(field, scanner).type(CODE + sent).wait(0.2)
    assert desk.got == ["<ShortScan>"]
    assert desk.type("\r").got == ["<ShortScan>", "enter"]


def test_a_second_cr_is_the_officers_where_the_scanner_sends_one() -> None:
    assert Desk(Field()).type(CODE + "\r\r").got == ["<ShortScan>", "enter"]


def test_another_key_than_the_suffix_ends_the_scan_and_is_not_lost() -> None:
    assert Desk(Field()).type(CODE + "\x1b").got == ["<ShortScan>", "escape"]


def test_codes_in_one_read_are_so_many_scans() -> None:
    assert Desk(Field()).type(f"{CODE}\r{CARD}\r{CODE}\r", 0).got == ["<ShortScan>", "<CardScan>", "<ShortScan>"]


def test_a_long_code_in_pieces_with_pauses_is_not_taken_for_the_short_one_at_its_end() -> None:
    tail = CODE  # a last piece with the form of a short one
    whole = next(
        text for n in range(200) if (text := f"{n:03d}{'4' * 211}{tail}") and len(text) == 236 and int(text) % 97 == 1
    )
    desk = Desk(Field())
    for piece in (whole[:100], whole[100:214], whole[214:]):
        desk.wait(0.05).type(piece)
    assert desk.type("\r").got == ["<SlipScan>"]


def test_an_input_method_may_correct_itself_in_the_middle_of_a_scan() -> None:
    field = Field()
    desk = Desk(field).type("HOA\x7fÁ/T/" + CODE + "\r")
    assert desk.got == ["<ShortScan>"]
    assert field.text == ""


def test_lf_is_an_enter_and_the_lf_of_a_crlf_is_not_a_second_one() -> None:
    assert Desk(Field()).type("\n").got == ["enter"]
    assert Desk(Field()).type("a\r\n").got == ["enter"]
    assert Desk(Field()).type("a\r").wait(0.2).type("\n").got == ["enter", "enter"]


def test_what_a_stopped_program_read_all_at_once_is_judged_by_when_it_was_read() -> None:
    desk = Desk(None)
    desk.type("3")
    desk.now_s += 5.0  # nobody looked meanwhile
    desk.type("4")
    assert desk.got[0] == "3"


@given(st.text(alphabet="12345ab|\t\r\x7f\x1b", max_size=60), st.lists(st.floats(0.0, 0.5), min_size=60, max_size=60))
def test_nothing_that_is_no_scan_is_lost_or_changes_its_order(text: str, gaps_s: list[float]) -> None:
    desk = Desk(None)
    for character, gap_s in zip(text, gaps_s, strict=False):
        desk.type(character, gap_s)
    desk.wait(1)
    assert desk.got == [NAMES.get(character, character) for character in text]


@given(st.text(alphabet="1ă\x7f", max_size=50))
def test_what_a_field_holds_is_what_was_typed(text: str) -> None:
    field, kept = Field(), ""
    Desk(field).type(text, 0.01).wait(1)
    for character in text:
        kept = kept[:-1] if character == "\x7f" else kept + character
    assert field.text == kept


def test_more_keys_than_any_scan_has_are_all_given() -> None:
    desk = Desk(None).type("1" * 5000).wait(1)
    assert "".join(desk.got) == "1" * 5000


def test_two_hundred_codes_at_random_speeds_of_scanners_are_all_found() -> None:
    chance = random.Random(7)
    for _ in range(200):
        code = with_check(f"{chance.randrange(10**20):020d}")
        assert Desk(Field()).type(code + "\r", chance.uniform(0, 0.03)).got == ["<ShortScan>"]


def test_a_scan_whose_first_keys_came_before_its_screen_is_whole() -> None:
    desk = Desk(None).type("p").wait(0.2)
    desk.type(CARD[:2])
    desk.field = Field()  # the screen that `p` opened
    desk.type(CARD[2:] + "\r")
    assert desk.got == ["p", "<CardScan>"]
    assert desk.field is not None and desk.field.text == ""


@pytest.mark.parametrize("scanned", [CARD, SLIP.rpartition("/")[2]])
@pytest.mark.parametrize("typed", ["0", "p", "12"])
def test_keys_that_a_busy_machine_reads_in_one_go_with_a_scan_are_given_before_it(scanned: str, typed: str) -> None:
    desk = Desk(None).type(typed + scanned + "\r", 0)
    assert desk.got[:-1] == [*typed] and desk.got[-1] in ("<CardScan>", "<SlipScan>")


def test_what_was_typed_in_one_go_with_a_scan_stays_in_the_field() -> None:
    field = Field()
    desk = Desk(field).type("Lan1" + CARD + "\r", 0)
    assert desk.got == ["<CardScan>"]
    assert field.text == "Lan1"


def test_a_short_form_behind_other_digits_is_no_scan() -> None:
    assert "<ShortScan>" not in Desk(None).type("7" + CODE + "\r", 0).wait(1).got
