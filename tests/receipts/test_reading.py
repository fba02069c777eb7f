"""Codes read from files: what is readable is read, what is not is said, and a reader that lacks is named."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desk.errors.printing import PictureReaderMissing, PictureUnreadable
from desk.words import told
from receipts import joint_slip, reading, slip
from receipts.thermal.slip import slip_picture
from tests.receipts.list_samples import JOINT_SLIP
from tests.receipts.looking import pictures
from tests.receipts.samples import SLIP


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_code_of_a_pdf_is_read(tmp_path: Path) -> None:
    assert reading.texts_in(kept(tmp_path, "slip.pdf", slip.render(SLIP))) == (SLIP.qr_text,)


def test_every_code_of_a_pdf_is_read_once(tmp_path: Path) -> None:
    found = reading.texts_in(kept(tmp_path, "joint.pdf", joint_slip.render(JOINT_SLIP)))
    assert sorted(found) == sorted(line.qr_text for line in JOINT_SLIP.lines)


@pytest.mark.parametrize(
    ("name", "dpi"), [("scan.png", 200), ("scan.jpg", 150), ("scan.tiff", 300), ("scan.webp", 200)]
)
def test_the_code_of_a_picture_is_read(tmp_path: Path, name: str, dpi: int) -> None:
    picture = pictures(slip.render(SLIP), dpi)[0]
    picture.save(tmp_path / name)
    assert reading.texts_in(tmp_path / name) == (SLIP.qr_text,)


def test_a_photograph_turned_and_in_colour_is_read(tmp_path: Path) -> None:
    picture = pictures(slip.render(SLIP), 150)[0].convert("RGB").rotate(14, expand=True, fillcolor=(190, 180, 170))
    picture.save(tmp_path / "photo.jpg", quality=70)
    assert reading.texts_in(tmp_path / "photo.jpg") == (SLIP.qr_text,)


def test_a_thermal_slip_is_read(tmp_path: Path) -> None:
    slip_picture(SLIP, 58).save(tmp_path / "thermal.png")
    assert reading.texts_in(tmp_path / "thermal.png") == (SLIP.qr_text,)


def test_a_file_without_a_code_has_none(tmp_path: Path) -> None:
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    assert reading.texts_in(tmp_path / "white.png") == ()
    assert reading.texts_in(kept(tmp_path, "bare.pdf", slip.render(replace(SLIP, qr_text="")))) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.4 nothing",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"GIF89a" + b"\xff" * 40,
        b"\xff\xd8\xff" * 9,
    ],
    ids=["empty", "text", "pdf", "png", "gif", "jpeg"],
)
def test_what_is_no_picture_is_said(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PictureUnreadable) as raised:
        reading.texts_in(kept(tmp_path, "x.bin", content))
    assert "x.bin" in told(raised.value).message


def test_a_cut_pdf_or_picture_is_said_or_read_never_a_traceback(tmp_path: Path) -> None:
    pdf = slip.render(SLIP)
    picture = tmp_path / "whole.png"
    pictures(pdf, 150)[0].save(picture)
    for name, content in (("cut.pdf", pdf), ("cut.png", picture.read_bytes())):
        for share in (0.1, 0.5, 0.9, 0.99):
            path = kept(tmp_path, name, content[: int(len(content) * share)])
            try:
                assert reading.texts_in(path) in ((), (SLIP.qr_text,))
            except PictureUnreadable:
                continue


def test_a_file_that_is_not_there_a_folder_and_one_too_large_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PictureUnreadable):
        reading.texts_in(tmp_path / "gone.png")
    with pytest.raises(PictureUnreadable):
        reading.texts_in(tmp_path)
    monkeypatch.setattr(reading, "_LARGEST_BYTES", 10)
    with pytest.raises(PictureUnreadable):
        reading.texts_in(kept(tmp_path, "large.png", bytes(11)))


def test_a_picture_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("1", (4000, 4000), 1).save(tmp_path / "bomb.png")
    monkeypatch.setattr(reading, "_MOST_PIXELS", 1_000_000)
    with pytest.raises(PictureUnreadable):
        reading.texts_in(tmp_path / "bomb.png")


@pytest.mark.parametrize("reader", ["zxingcpp", "pypdfium2"])
def test_without_the_extra_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    monkeypatch.setitem(sys.modules, reader, None)
    with pytest.raises(PictureReaderMissing) as raised:
        reading.texts_in(kept(tmp_path, "slip.pdf", slip.render(SLIP)))
    said = told(raised.value)
    assert "motcua-desk[scan]" in said.do
    assert said.code == "PRINT-09"
