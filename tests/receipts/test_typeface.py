"""The papers' typeface: every Vietnamese letter is drawn right, and a poorer typeface is refused."""

from __future__ import annotations

import io
import shutil
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageStat

import receipts.typeface
from desk.errors.printing import LettersMissing, TypefaceMissing
from receipts.marks import MM_PT, Document, Page, Words
from receipts.pdf import draw
from receipts.typeface import STYLES, VIETNAMESE, Style, drawn, typeface_for
from tests.receipts.looking import pictures
from tests.receipts.outlines import Outlines

FOLDER = Path(receipts.typeface.__file__).parent / "fonts"
FILES: dict[Style, str] = {
    "regular": "MotCuaSerif-Regular.ttf",
    "bold": "MotCuaSerif-Bold.ttf",
    "italic": "MotCuaSerif-Italic.ttf",
    "bold_italic": "MotCuaSerif-BoldItalic.ttf",
}
LETTERS = sorted(VIETNAMESE)
CELL_PT, LEFT_PT, BASE_PT, SIZE_PT = 36, 8, 27, 20
DPI = 144
"""Two dots a point: places in whole points are whole dots, so that two drawers can be compared."""


def sheet_of(letters: list[str], style: Style) -> bytes:
    """Return a PDF with one letter a cell, twelve cells a row."""
    page = Page(12 * CELL_PT / MM_PT, -(-len(letters) // 12) * CELL_PT / MM_PT)
    for at, letter in enumerate(letters):
        left_pt, base_pt = at % 12 * CELL_PT + LEFT_PT, at // 12 * CELL_PT + BASE_PT
        page.marks.append(Words(left_pt / MM_PT, base_pt / MM_PT, letter, style, SIZE_PT))
    return draw(Document("letters", typeface_for([]), [page]))


def cells(picture: Image.Image, count: int) -> list[Image.Image]:
    side = CELL_PT * DPI // 72
    corners = [(at % 12 * side, at // 12 * side) for at in range(count)]
    return [picture.crop((left, top, left + side, top + side)) for left, top in corners]


def bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def test_vietnamese_has_146_letters() -> None:
    assert len(VIETNAMESE) == 146
    assert all(len(letter) == 1 for letter in VIETNAMESE)


@pytest.mark.parametrize("style", STYLES)
def test_all_146_letters_come_out_as_the_font_draws_them(style: Style) -> None:
    # Two drawers, one outline: the PDF seen by pdfium and the font's own curves. Little ink may differ, and of
    # all letters with the same base none may be nearer than the drawn one.
    outlines = Outlines(FOLDER / FILES[style])
    seen = cells(pictures(sheet_of(LETTERS, style), DPI)[0], len(LETTERS))
    dots = DPI // 72
    own = {
        letter: outlines.picture(letter, CELL_PT * dots, LEFT_PT * dots, BASE_PT * dots, SIZE_PT * dots)
        for letter in LETTERS
    }
    for letter, cell in zip(LETTERS, seen, strict=True):
        off = {
            other: ImageStat.Stat(ImageChops.difference(cell, own[other])).sum[0]
            for other in LETTERS
            if bare(other) == bare(letter)
        }
        ink = ImageStat.Stat(ImageChops.invert(own[letter])).sum[0]
        assert off[letter] < 0.15 * ink, (letter, off[letter] / ink)
        assert min(off, key=off.__getitem__) == letter


@pytest.mark.parametrize("style", STYLES)
def test_no_two_letters_look_the_same(style: Style) -> None:
    seen = cells(pictures(sheet_of(LETTERS, style), DPI)[0], len(LETTERS))
    assert len({cell.tobytes() for cell in seen}) == 146


@pytest.mark.parametrize("style", STYLES)
def test_no_letter_is_the_empty_box(style: Style) -> None:
    font = TTFont(FOLDER / FILES[style])
    glyphs = [font.getBestCmap()[ord(letter)] for letter in LETTERS]
    assert ".notdef" not in glyphs
    assert len(set(glyphs)) == 146


def test_the_four_styles_have_the_same_letters() -> None:
    # The coverage of ours is read from its regular style alone.
    regular, *others = (set(TTFont(FOLDER / file).getBestCmap()) for file in FILES.values())
    assert others == [regular] * 3


def test_loose_marks_are_joined_before_drawing() -> None:
    for letter in LETTERS:
        assert drawn(unicodedata.normalize("NFD", letter)) == letter


def test_the_subset_carries_its_own_name_and_licence() -> None:
    for style, file in FILES.items():
        names = TTFont(FOLDER / file)["name"]
        assert names.getDebugName(1) == "MotCua Serif"
        assert names.getDebugName(6) == Path(file).stem, style
        for name_id in (1, 2, 4, 6, 16, 17):
            assert "Tinos" not in (names.getDebugName(name_id) or "")
        assert (FOLDER / file).stat().st_size < 33_000
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Google" in licence


def test_figures_punctuation_and_signs_of_papers_are_there() -> None:
    assert typeface_for(["0123456789.,:;-–—…()/%₫€№×≤≥“”‘’«»•ñéüčřşłøæß"]).names[0] == "MotCuaSerif-Regular"


def test_a_letter_ours_lacks_is_drawn_with_a_fuller_typeface_or_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts.typeface, "_SYSTEM_FOLDERS", ())
    with pytest.raises(LettersMissing) as raised:
        typeface_for(["Ω"], tmp_path)
    assert raised.value.facts["letters"] == "U+03A9"
    for name, file in zip(receipts.typeface._FAMILIES[0], FILES.values(), strict=True):
        _with_letter(FOLDER / file, tmp_path / name, 0x03A9)
    fuller = typeface_for(["Ω"], tmp_path)
    assert fuller.names[0] == str(tmp_path / "Tinos-Regular.ttf")


def _with_letter(source: Path, target: Path, code: int) -> None:
    font = TTFont(source)
    for table in font["cmap"].tables:
        table.cmap[code] = font.getBestCmap()[ord("O")]
    font.save(target)


def test_a_typeface_without_all_vietnamese_letters_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What "Liberation is installed" may mean: an old release with the same file names and 54 letters.
    monkeypatch.setattr(receipts.typeface, "_SYSTEM_FOLDERS", ())
    for name, file in zip(receipts.typeface._FAMILIES[1], FILES.values(), strict=True):
        font = TTFont(FOLDER / file)
        for table in font["cmap"].tables:
            table.cmap[0x03A9] = font.getBestCmap()[ord("O")]
            table.cmap.pop(ord("ẫ"), None)
        font.save(tmp_path / name)
    with pytest.raises(LettersMissing):
        typeface_for(["Ω"], tmp_path)


def test_a_broken_file_beside_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts.typeface, "_SYSTEM_FOLDERS", ())
    for name in receipts.typeface._FAMILIES[2]:
        (tmp_path / name).write_bytes(b"no font")
    with pytest.raises(LettersMissing):
        typeface_for(["Ω"], tmp_path)


def test_without_our_own_typeface_nothing_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(FOLDER / FILES["regular"], tmp_path / FILES["regular"])
    monkeypatch.setattr(receipts.typeface, "_OWN", tmp_path)
    with pytest.raises(TypefaceMissing):
        typeface_for(["a"])


def test_a_style_of_ours_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / FILES["bold_italic"]).write_bytes(b"no font")
    monkeypatch.setattr(receipts.typeface, "_OWN", tmp_path)
    monkeypatch.setattr(receipts.typeface, "_WIDTHS", {})
    face = typeface_for(["a"])
    assert face.width_pt("a", "regular", 10) > 0
    with pytest.raises(TypefaceMissing, match="BoldItalic"):
        face.width_pt("a", "bold_italic", 10)


def test_the_pdf_names_no_folder_of_this_machine() -> None:
    pdf = sheet_of(["a"], "regular")
    assert str(FOLDER).encode() not in pdf
    assert b"Helvetica" not in io.BytesIO(pdf).getvalue()
