"""The pictures in docs/pictures are what the screens look like now, in both languages and at both sizes."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.pictures import FOLDER, LANGUAGES, PAGE, SIZES, STATES, draw, name_of, page

_TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")


def _words(svg: str) -> list[str]:
    return [html.unescape(text).replace("\xa0", " ") for text in _TEXT.findall(svg)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_show_the_screens_as_they_are(language: str, tmp_path: Path) -> None:
    draw(tmp_path, language)
    for state in STATES:
        for size in SIZES:
            name = name_of(state, language, size)
            kept = (FOLDER / name).read_text(encoding="utf-8")
            drawn = (tmp_path / name).read_text(encoding="utf-8")
            assert _words(drawn) == _words(kept), f"{name}: run python -m tests.pictures and look at what changed"
            assert drawn == kept, f"{name}: colours or places changed; run python -m tests.pictures"


def test_every_picture_is_shown_and_none_is_left_over() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
    wanted = {name_of(state, language, size) for state in STATES for language in LANGUAGES for size in SIZES}
    assert {path.name for path in FOLDER.glob("*.svg")} == wanted
