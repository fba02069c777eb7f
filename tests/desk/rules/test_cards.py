"""The citizen's card as scanners, code pages and keyboards deliver it."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.cards import CARD_LIMIT, Card, card_of, person_of
from desk.rules.people.person import Person

CARD = "022190000001|123456789|Nguyễn Thị Lan|15051990|Nữ|Tổ 1, phường Móng Cái 2, tỉnh Quảng Ninh|01072021"
HOLDER = Card(
    personal_id="022190000001",
    name="Nguyễn Thị Lan",
    old_id="123456789",
    born_on=date(1990, 5, 15),
    sex="female",
    residence="Tổ 1, phường Móng Cái 2, tỉnh Quảng Ninh",
    issued_on=date(2021, 7, 1),
)
_KEYS = str.maketrans("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ")


def read(text: str) -> Card:
    """Return the card of `text`, which must be one."""
    card = card_of(text)
    assert card is not None
    return card


def without(card: Card, **changed: object) -> Card:
    """Return the holder's card with some fields changed."""
    values = {name: getattr(card, name) for name in Card.__dataclass_fields__}
    return Card(**{**values, **changed})


def through_code_page(text: str, page: str) -> str:
    """Return `text` as Windows shows its UTF-8 bytes one by one."""
    shown = []
    for byte in text.encode("utf-8"):
        try:
            shown.append(bytes([byte]).decode(page))
        except UnicodeDecodeError:
            shown.append(chr(byte))
    return "".join(shown)


def test_a_card_of_seven_fields_fills_everything() -> None:
    assert read(CARD) == HOLDER


def test_an_empty_old_number_stays_empty() -> None:
    assert read(CARD.replace("|123456789|", "||")) == without(HOLDER, old_id="")


def test_six_fields_without_the_old_number_are_read() -> None:
    assert read(CARD.replace("|123456789|", "|")) == without(HOLDER, old_id="")


def test_six_fields_without_the_day_of_issue_are_read() -> None:
    assert read(CARD.removesuffix("|01072021")) == without(HOLDER, issued_on=None)


def test_an_old_number_of_twelve_digits_is_kept() -> None:
    assert read(CARD.replace("123456789", "022090123456")).old_id == "022090123456"


def test_fields_appended_by_newer_cards_are_counted_and_dropped() -> None:
    assert read(CARD + "||Nguyễn Văn Nam|Trần Thị Hoa") == without(HOLDER, extra_fields=3)


def test_the_case_of_the_card_is_kept() -> None:
    assert read(CARD.replace("Nguyễn Thị Lan", "NGUYỄN THỊ LAN")).name == "NGUYỄN THỊ LAN"


def test_decomposed_letters_are_joined() -> None:
    assert read(unicodedata.normalize("NFD", CARD)) == HOLDER


@pytest.mark.parametrize("page", ["cp1252", "cp1258", "latin-1"])
def test_letters_sent_byte_by_byte_are_put_together_again(page: str) -> None:
    assert read(through_code_page(CARD, page)) == without(HOLDER, undone=("code_page",))


def test_bytes_that_were_lost_on_the_way_leave_doubts() -> None:
    shown = through_code_page(CARD, "cp1252")
    card = read("".join(c for c in shown if not 0x80 <= ord(c) < 0xA0))
    assert card.doubts == ("name", "sex", "residence")
    assert (card.personal_id, card.born_on, card.sex) == ("022190000001", date(1990, 5, 15), "female")


def test_control_characters_are_dropped_and_c1_ones_are_bytes_of_letters() -> None:
    noisy = CARD.replace("Thị", "Th\x00\x7fị\x1d")
    assert read(noisy) == HOLDER
    assert read(through_code_page(noisy, "latin-1")) == without(HOLDER, undone=("code_page",))


def test_a_letter_beyond_every_code_page_stays_and_is_a_doubt() -> None:
    card = read(CARD.replace("Lan", "L\u0100n\u0101"))
    assert card.name == "Nguyễn Thị L\u0100n\u0101"
    assert card.doubts == ("name",)


def test_the_first_letter_beyond_a_byte_is_no_byte() -> None:
    assert read("022190000001||L\u0100n|15051990|Nu|To 1|").name == "L\u0100n"


def test_only_the_field_whose_order_was_lost_is_a_doubt() -> None:
    text = CARD.replace("022190000001", "022190000089").replace("123456789", "").translate(_KEYS)
    assert read(unicodedata.normalize("NFC", text)).doubts == ("personal_id",)
    text = CARD.replace("123456789", "000000089").translate(_KEYS)
    assert read(unicodedata.normalize("NFC", text)).doubts == ("old_id",)


def test_a_name_that_only_looks_like_caps_lock_is_kept() -> None:
    for name in ("la Thị Hoa", "lan THỊ", "LAN thị", "o'Neil", "123 Lan"):
        assert read(CARD.replace("Nguyễn Thị Lan", name)).name == name


def test_question_marks_for_letters_leave_doubts() -> None:
    card = read(CARD.encode("ascii", "replace").decode())
    assert card.name == "Nguy?n Th? Lan"
    assert card.doubts == ("name", "sex", "residence")
    assert card.sex == "female"  # by the number's digit


def test_digits_typed_under_the_vietnamese_layout_are_put_back() -> None:
    assert read(CARD.translate(_KEYS)) == without(HOLDER, undone=("layout",))


def test_the_layout_is_undone_after_normal_form_too_where_no_order_was_lost() -> None:
    text = CARD.replace("123456789", "123450000").translate(_KEYS)
    assert read(unicodedata.normalize("NFC", text)) == without(HOLDER, old_id="123450000", undone=("layout",))


def test_an_order_of_marks_that_normal_form_changed_is_a_doubt() -> None:
    text = CARD.replace("022190000001", "022190000089").replace("01072021", "01051985")
    text = text.replace("15051990", "15051985").translate(_KEYS)
    assert read(text).doubts == ()
    card = read(unicodedata.normalize("NFC", text))
    assert card.personal_id == "022190000098"
    assert card.doubts == ("personal_id", "old_id", "born_on", "issued_on")


def test_a_house_number_with_a_letter_is_put_back() -> None:
    text = CARD.replace("Tổ 1,", "Số 12A/4, tổ 10,").translate(_KEYS)
    assert read(text).residence == "Số 12A/4, tổ 10, phường Móng Cái 2, tỉnh Quảng Ninh"


def test_caps_lock_is_turned_back() -> None:
    assert read(CARD.swapcase()) == without(HOLDER, undone=("caps_lock",))


def test_caps_lock_over_a_name_with_an_apostrophe_is_turned_back() -> None:
    highland = CARD.replace("Nguyễn Thị Lan", "H'Hen Niê")
    assert read(highland.swapcase()).name == "H'Hen Niê"


def test_caps_lock_over_a_card_in_capitals_is_turned_back() -> None:
    upper = CARD.replace("Nguyễn Thị Lan", "NGUYỄN THỊ A")
    assert read(upper.swapcase()).name == "NGUYỄN THỊ A"


@pytest.mark.parametrize("prefix", ["]Q3", "\x02", "  ", "N"])
def test_what_the_reader_puts_before_the_number_is_dropped(prefix: str) -> None:
    assert read(prefix + CARD) == HOLDER


def test_a_year_alone_leaves_the_day_of_birth_open() -> None:
    for shown in ("1950", "00001950", "31021950"):
        card = read(CARD.replace("15051990", shown))
        assert card.born_on is None
        assert card.doubts == ("born_on",)


def test_dates_with_separators_are_read() -> None:
    assert read(CARD.replace("15051990", "15/05/1990").replace("01072021", "01-07-2021")) == HOLDER


def test_an_impossible_day_of_issue_is_a_doubt() -> None:
    card = read(CARD.replace("01072021", "32072021"))
    assert (card.issued_on, card.doubts) == (None, ("issued_on",))


def test_a_missing_name_is_a_doubt() -> None:
    assert read(CARD.replace("Nguyễn Thị Lan", "")).doubts == ("name",)


@pytest.mark.parametrize("number", ["022190000001", "022090000001"])
@pytest.mark.parametrize(
    ("word", "sex"),
    [
        ("Nam", "male"),
        ("NAM", "male"),
        ("Male", "male"),
        ("M", "male"),
        ("Nữ", "female"),
        ("nữ", "female"),
        ("Nu", "female"),
        ("Female", "female"),
        ("F", "female"),
    ],
)
def test_the_word_on_the_card_decides_the_sex_and_not_the_number(word: str, sex: str, number: str) -> None:
    card = read(CARD.replace("|Nữ|", f"|{word}|").replace("022190000001", number))
    assert (card.sex, card.doubts) == (sex, ())


@pytest.mark.parametrize(("number", "sex"), [("022190000001", "female"), ("022090000001", "male")])
def test_a_word_that_came_damaged_is_read_off_the_number(number: str, sex: str) -> None:
    card = read(CARD.replace("|Nữ|", "|N?|").replace("022190000001", number))
    assert (card.sex, card.doubts) == (sex, ("sex",))


def test_what_a_card_does_not_say_is_empty() -> None:
    card = read("022190000001|||||")
    assert (card.name, card.old_id, card.residence, card.extra_fields) == ("", "", "", 0)
    assert Card("022190000001", "Lan") == Card("022190000001", "Lan", "", None, "", "", None, 0, (), ())


@pytest.mark.parametrize("name", ["Nguyễn Ngọc Ánh", "Đỗ Ỷ Lan", "Y’Bhăm Ê–Nuôl", "Ngô Thị Ơ"])
def test_every_letter_of_a_vietnamese_name_is_sound(name: str) -> None:
    assert read(CARD.replace("Nguyễn Thị Lan", name)).doubts == ()


@pytest.mark.parametrize("name", ["Nguyá»…n", "Lan\ufffd", "李娜", "Lan?", "Nguyên º"])
def test_a_letter_that_no_card_has_is_a_doubt(name: str) -> None:
    assert read(CARD.replace("Nguyễn Thị Lan", name)).doubts == ("name",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "022190000001",
        "022190000001|a|b|c|d",
        "02219000001|123456789|A|15051990|Nam|B|01072021",
        "9022190000001|123456789|A|15051990|Nam|B|01072021",
        "a note about somebody 022190000001|||||",
        "|||||||",
        "x" * CARD_LIMIT + CARD,
    ],
)
def test_other_texts_are_no_card(text: str) -> None:
    assert card_of(text) is None


def test_a_card_of_1000_characters_is_read_and_no_longer_one() -> None:
    longest = CARD + "|" + "x" * (1_000 - len(CARD) - 1)
    assert card_of(longest) == without(HOLDER, extra_fields=1)
    assert card_of(longest + "x") is None
    assert CARD_LIMIT == 1_000


def test_five_bars_and_a_number_are_enough() -> None:
    card = read("022190000001|||||")
    assert card.doubts == ("name", "born_on", "sex")


def test_the_holder_becomes_the_person_of_a_form() -> None:
    assert person_of(HOLDER) == Person(
        name="Nguyễn Thị Lan",
        personal_id="022190000001",
        born_on=date(1990, 5, 15),
        sex="female",
        address="Tổ 1, phường Móng Cái 2, tỉnh Quảng Ninh",
    )


@given(st.text(max_size=200), st.integers(5, 12))
def test_no_text_with_a_number_and_bars_breaks_the_reader(text: str, bars: int) -> None:
    card = card_of("022190000001|" + text + "|" * bars)
    assert card is not None
    assert all(unicodedata.category(c) != "Cc" for c in card.name + card.residence)


@given(
    number=st.from_regex(r"[0-9]{12}", fullmatch=True),
    old=st.sampled_from(["", "123456789"]),
    name=st.sampled_from(["Đặng Thị Hường", "Sằm Và", "H'Hen Niê", "Ò"]),
    born=st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    sex=st.sampled_from(["Nam", "Nữ"]),
    layout=st.booleans(),
    page=st.sampled_from([None, "cp1252", "cp1258"]),
)
def test_every_damage_that_can_be_undone_is_undone(
    number: str, old: str, name: str, born: date, sex: str, layout: bool, page: str | None
) -> None:
    text = f"{number}|{old}|{name}|{born:%d%m%Y}|{sex}|Thôn 5, xã Hải Sơn|{born:%d%m%Y}"
    if layout:
        text = text.translate(_KEYS)
    elif page is not None:
        text = through_code_page(text, page)
    card = read(text)
    assert (card.personal_id, card.old_id, card.name) == (number, old, name)
    assert (card.born_on, card.sex) == (born, "male" if sex == "Nam" else "female")
    assert card.residence == "Thôn 5, xã Hải Sơn"
