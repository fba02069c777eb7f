"""The translations are whole, and the tool that joins them sees what is wrong with them."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest

from desk.locale.__main__ import (
    compiled,
    extracted,
    faults,
    is_up_to_date,
    joined,
    languages,
    main,
    write,
)

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def _fragment(locale: Path, name: str, *entries: str) -> None:
    folder = locale / "vi"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.po").write_text(HEADER + "\n".join(entries), encoding="utf-8")


def _entry(sentence: str, translation: str, mark: str = "") -> str:
    return f'{mark}msgid "{sentence}"\nmsgstr "{translation}"\n'


def test_every_sentence_of_the_program_is_translated_and_none_is_left_over() -> None:
    sentences = extracted()
    assert sentences, "nothing was extracted: the check would pass on an empty program"
    assert [fault for lang in languages() for fault in faults(lang, sentences)] == []


def test_the_joined_catalogue_is_what_its_fragments_make() -> None:
    assert languages() == ["vi"]
    assert is_up_to_date("vi"), "run python -m desk.locale"


def test_a_whole_translation_has_no_fault(tmp_path: Path) -> None:
    _fragment(tmp_path, "screens", _entry("{n} dossiers", "{n} hồ sơ"))
    assert faults("vi", {"{n} dossiers": "screens/home.py:3"}, tmp_path) == []


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "screens/home.py:3: not translated into vi: '{n} dossiers'"),
        ([_entry("{n} dossiers", "")], "screens/home.py:3: not translated into vi: '{n} dossiers'"),
        ([_entry("{n} dossiers", "{n} hồ sơ", "#, fuzzy\n")], "screens.po:5: fuzzy: '{n} dossiers'"),
        (
            [_entry("{n} dossiers", "{số} hồ sơ")],
            "vi/screens.po:4: other {placeholders} than in: '{n} dossiers'",
        ),
        (
            [_entry("{n} dossiers", "{n hồ sơ")],
            "vi/screens.po:4: other {placeholders} than in: '{n} dossiers'",
        ),
        (
            [_entry("{n} dossiers", "{n} hồ sơ".replace("ồ", "o\u0302\u0300"))],
            "vi/screens.po:4: not in Unicode form NFC: '{n} dossiers'",
        ),
        (
            [_entry("{n} dossiers", "{n} hồ sơ"), _entry("Gone", "Mất")],
            "vi/screens.po:7: used nowhere: 'Gone'",
        ),
        (
            [_entry("{n} dossiers", "{n} hồ sơ"), '#~ msgid "Old"\n#~ msgstr "Cũ"\n'],
            "screens.po: obsolete: 'Old'",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, entries: list[str], said: str) -> None:
    _fragment(tmp_path, "screens", *entries)
    assert faults("vi", {"{n} dossiers": "screens/home.py:3"}, tmp_path) == [said]


def test_one_sentence_may_stand_in_two_fragments_only_with_one_translation(tmp_path: Path) -> None:
    _fragment(tmp_path, "receipts", _entry("Owner", "Chủ hồ sơ"))
    _fragment(tmp_path, "screens", _entry("Owner", "Chủ hồ sơ"))
    assert joined("vi", tmp_path).faults == []
    _fragment(tmp_path, "screens", _entry("Owner", "Người chủ"))
    assert joined("vi", tmp_path).faults == ["screens.po:4: translated otherwise than in receipts.po:4: 'Owner'"]


def test_both_marks_are_found_with_the_place_of_their_first_use(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    source = 'said = N_("It is late.")\n\n\ndef show():\n    return _("A long "\n      "sentence.") + _(said)\n'
    (tmp_path / "desk" / "late.py").write_text(source, encoding="utf-8")
    found = {"It is late.": "desk/late.py:1", "A long sentence.": "desk/late.py:5"}
    assert extracted(tmp_path, ["desk"]) == found


def test_both_forms_of_a_sentence_about_a_number_of_things_are_found_and_translated_once(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    source = 'said = _(counted("{n} day", "{n} days", n)).format(n=n)\n'
    (tmp_path / "desk" / "days.py").write_text(source, encoding="utf-8")
    sentences = extracted(tmp_path, ["desk"])
    assert sentences == {"{n} day\0{n} days": "desk/days.py:1"}
    _fragment(tmp_path, "screens", 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} ngày"\n')
    assert faults("vi", sentences, tmp_path) == []
    messages = gettext.GNUTranslations(io.BytesIO(compiled(joined("vi", tmp_path).translations)))
    assert [messages.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["{n} ngày"] * 3


def test_the_written_catalogue_is_read_by_gettext_and_always_the_same_bytes() -> None:
    translations = {"Save": "Lưu", "Dossier": "Hồ sơ", "Untranslated": ""}
    content = compiled(translations)
    messages = gettext.GNUTranslations(io.BytesIO(content))
    assert [messages.gettext(text) for text in translations] == ["Lưu", "Hồ sơ", "Untranslated"]
    assert compiled(dict(reversed(translations.items()))) == content


def test_a_changed_fragment_makes_the_catalogue_stale_until_it_is_joined_again(tmp_path: Path) -> None:
    _fragment(tmp_path, "screens", _entry("Save", "Lưu"))
    assert not is_up_to_date("vi", tmp_path)
    assert write("vi", tmp_path) == 1
    assert is_up_to_date("vi", tmp_path)
    _fragment(tmp_path, "screens", _entry("Save", "Lưu lại"))
    assert not is_up_to_date("vi", tmp_path)


def test_wrong_usage_ends_with_2() -> None:
    assert main(["--chek"]) == 2
