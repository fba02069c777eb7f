"""Damaged captures of sound prints: what a camera or a cheap scanner sees of a code, by dice that can be thrown again.

Levels as measured in the field: a decent frame has 10 to 16 pixels a millimetre; a poor one 7 to 13, a blur of 0.06
to 0.15 mm, noise, a turn of up to 25 degrees, JPEG. A scanner looks several times, so a print has up to 8 frames.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from desk.rules.proof import qr_text, signed_digits
from receipts import slip
from receipts.marks import Code
from receipts.pdf import draw
from tests.receipts.looking import PRINTER_DPI, printed
from tests.receipts.samples import KEY, PROOF, SLIP, TRACKING_URL

FRAMES = 8
_MM_DOTS = PRINTER_DPI / 25.4
_PAPER, _INK = 200, 90
"""Levels of white paper and of ink in the weak light of a desk: with these one poor frame in twenty is not read."""
_AROUND_MM = 5.0
"""So much beside the code's quiet zone is in the picture too: words, lines."""


@dataclass(frozen=True, slots=True)
class Level:
    """How bad a capture is; every pair is a range that the dice choose from."""

    dots_mm: tuple[float, float]
    blur_mm: tuple[float, float]
    noise: tuple[float, float]
    turn: float
    quality: tuple[int, int]


DECENT = Level((10, 16), (0.02, 0.06), (2, 6), 10, (70, 95))
POOR = Level((7, 13), (0.06, 0.15), (6, 16), 25, (35, 80))


@dataclass(frozen=True, slots=True)
class Print:
    """A sound print: the dots of a head of 203 an inch, and what its code says."""

    text: str
    picture: Image.Image


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a run came to: draws, those read in the first frame, those read within all frames."""

    draws: int
    first: int
    within: int


def sound_prints(count: int, seed: int = 1) -> list[Print]:
    """Return `count` slips, each with another proof, as a printer puts them down."""
    dice = Random(seed)
    found = []
    for _number in range(count):
        proof = replace(PROOF, tracking=dice.getrandbits(64), serial=dice.randrange(1, 9999))
        content = replace(SLIP, qr_text=qr_text(TRACKING_URL, signed_digits(proof, KEY)))
        document = slip.lay_out(content)
        box = next(mark.box for mark in document.pages[0].marks if isinstance(mark, Code))
        sheet = printed(draw(document))[0].convert("L")
        sides = (
            box.left_mm - _AROUND_MM,
            box.top_mm - _AROUND_MM,
            box.right_mm + _AROUND_MM,
            box.bottom_mm + _AROUND_MM,
        )
        left, top, right, bottom = (round(side * _MM_DOTS) for side in sides)
        found.append(Print(content.qr_text, sheet.crop((left, top, right, bottom))))
    return found


def captured(paper: Print, level: Level, dice: Random) -> Image.Image:
    """Return one frame of a print."""
    dots_mm = dice.uniform(*level.dots_mm)
    scale = dots_mm / _MM_DOTS
    picture = paper.picture.point(lambda dot: _PAPER if dot else _INK)
    size = round(picture.width * scale), round(picture.height * scale)
    picture = picture.resize(size, Image.Resampling.BICUBIC)
    turn = dice.uniform(-level.turn, level.turn)
    picture = picture.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER)
    picture = picture.filter(ImageFilter.GaussianBlur(dice.uniform(*level.blur_mm) * dots_mm))
    picture = _noisy(picture, dice.uniform(*level.noise), dice)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=dice.randint(*level.quality))
    return Image.open(file).convert("L")


def _noisy(picture: Image.Image, sigma: float, dice: Random) -> Image.Image:
    """Return the picture with noise of `sigma` levels: two throws together are near enough to a bell."""
    count = picture.width * picture.height
    one, other = (Image.frombytes("L", picture.size, dice.randbytes(count)) for _throw in range(2))
    strength = sigma / 52.2  # the deviation of the mean of two throws of 0 to 255
    noise = Image.blend(one, other, 0.5).point(lambda level: round(128 + (level - 127.5) * strength))
    return ImageChops.add(picture, noise, 1, -128)


def decoded(prints: Sequence[Print], level: Level, draws: int, frames: int = FRAMES, seed: int = 7) -> Decoded:
    """Capture the prints in turn, `draws` times with up to `frames` frames, and return how many were read."""
    dice = Random(seed)
    first = within = 0
    for number in range(draws):
        paper = prints[number % len(prints)]
        for frame in range(frames):
            found = zxingcpp.read_barcode(captured(paper, level, dice))
            if found is not None and found.text == paper.text:
                first += frame == 0
                within += 1
                break
    return Decoded(draws, first, within)
