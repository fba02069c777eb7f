"""Settings changed by the program: the officer's own lines stay, and the file is the old or the new one, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import settings
from desk.errors.store import HomeUnreadable, SettingsWrong
from tests.homes import copied_home

HAND_MADE = """# quầy số 2
[home]
desk = "x"   # không sửa

[paper]
printer = "HP"   # máy ở góc phòng
paper_size = "A5"
"""


def test_other_lines_and_comments_stay_as_they_are() -> None:
    text = settings.edited(HAND_MADE, printer='a"b\\c\n', paper_size="A4")
    assert text.splitlines()[:5] == HAND_MADE.splitlines()[:5]
    assert (settings.parse(text).printer, settings.parse(text).paper_size) == ('a"b\\c\n', "A4")


def test_a_setting_that_the_file_does_not_name_is_added() -> None:
    assert settings.parse(settings.edited(HAND_MADE, receipt_printer="tcp:[::1]")).receipt_printer == "tcp:[::1]"
    assert settings.parse(settings.edited(HAND_MADE, receipt_printer="tcp:[::1]")).printer == "HP"


def test_a_wrong_value_changes_nothing(tmp_path: Path) -> None:
    home = copied_home(tmp_path).home
    before = (home / settings.FILE_NAME).read_bytes()
    with pytest.raises(SettingsWrong):
        settings.keep(home, paper_size="A3")
    assert (home / settings.FILE_NAME).read_bytes() == before


def test_a_file_that_cannot_be_written_is_said_and_stays(tmp_path: Path) -> None:
    home = copied_home(tmp_path).home
    (home / f"{settings.FILE_NAME}.new").mkdir()
    with pytest.raises(HomeUnreadable):
        settings.keep(home, paper_size="A4")
    assert settings.load(home).paper_size == "A5"


def test_what_was_kept_is_read_at_the_next_start(tmp_path: Path) -> None:
    home = copied_home(tmp_path).home
    assert settings.keep(home, scanner_suffix="tab") == settings.load(home)
    assert settings.load(home).scanner_suffix == "tab"
