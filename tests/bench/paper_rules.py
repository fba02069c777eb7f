"""What papers must always hold, counted: bytes, letters, input methods, forgeries, dots, the code on a screen.

Each figure is how many of the tries held, beside how many were made; the tests of the same rules say why.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import zxingcpp

from desk.errors.printing import LettersMissing
from desk.rules.layout_digits import last_digits
from desk.rules.proof import qr_text
from desk.rules.verdict import KnownKey, judge
from receipts import slip
from receipts.screen_code import screen_cells
from receipts.thermal import slip as short_slip
from receipts.thermal.escpos import job_bytes
from receipts.thermal.picture import PaperWidth
from receipts.thermal.slip import slip_picture
from receipts.typeface import STYLES
from tests.bench.figures import Figure
from tests.desk.rules import test_layout_digits as layout
from tests.receipts import test_screen_code as screens
from tests.receipts import test_typeface as letters
from tests.receipts.fake_printers import decoded
from tests.receipts.samples import KEY, LAN, SLIP
from tests.receipts.test_qr import URL, read

_WIDTHS: tuple[PaperWidth, ...] = (58, 80)
_VECTORS = Path(layout.__file__).parent / "ime_vectors.tsv"
_AT_START = """
import sys
import screens.start, screens.app, screens.office, screens.home.screen
drawing = {"reportlab", "qrcode", "PIL"}
loaded = [name for name in sys.modules if name.partition(".")[0] in drawing | {"receipts"}]
print(len(sys.modules), len(loaded))
"""


def paper_rules() -> Iterator[Figure]:
    """Yield the counts."""
    yield _at_start()
    yield _held("same bytes: drawn twice, NFC and NFD", _same_bytes())
    yield _held("letters that look as the font draws them", _letters())
    yield _held("letters no typeface has, refused", _refused())
    yield _held("texts unharmed by input methods", _input_methods())
    yield _held("texts unharmed by the TCVN layout", _layout())
    yield _held("changes and swaps of a digit seen", _forgeries())
    yield _held("ESC/POS back bit by bit, and its code", _thermal())
    yield _held("codes on a screen, line gaps 0 to 6", _screen())


def _held(name: str, tries: Iterable[bool]) -> Figure:
    held = list(tries)
    return Figure("slip", name, sum(held), "held", "tries", len(held), 1.0, False)


def _at_start() -> Figure:
    """Return how many modules of the papers' rooms are loaded when the first screen can be built: none cost 0 ms."""
    done = subprocess.run([sys.executable, "-c", _AT_START], capture_output=True, text=True, check=True, timeout=60)
    there, loaded = done.stdout.split()
    name = "modules at the start that are no papers'"
    return Figure(
        "slip", name, float(there) - float(loaded), "modules", "modules at the start", float(there), 1.0, False
    )


def _same_bytes() -> Iterator[bool]:
    first = slip.render(SLIP)
    yield slip.render(SLIP) == first
    loose = replace(LAN, name=unicodedata.normalize("NFD", LAN.name))
    yield slip.render(replace(SLIP, submitter=loose)) == slip.render(replace(SLIP, submitter=LAN))
    for width in _WIDTHS:
        yield short_slip.render(SLIP, width) == short_slip.render(SLIP, width)


def _letters() -> Iterator[bool]:
    for style in STYLES:
        letters.test_all_146_letters_come_out_as_the_font_draws_them(style)
        yield from (True for _letter in letters.LETTERS)


def _refused() -> Iterator[bool]:
    for sign in "陈ქ\U0001f600":
        try:
            slip.render(replace(SLIP, submitter=replace(LAN, name=f"Nguyễn {sign}")))
        except LettersMissing:
            yield True
        else:
            yield False


def _input_methods() -> Iterator[bool]:
    with _VECTORS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if row and not row[0].startswith("#")]
    for row in rows[1:]:
        if last_digits(row[0]) == row[0].rpartition("/")[2]:
            yield from (last_digits(typed) == last_digits(row[0]) for typed in row[1:])


def _layout() -> Iterator[bool]:
    for text in (SLIP.qr_text, qr_text(URL, SLIP.short_digits)):
        digits = text.rpartition("/")[2]
        for typed in (layout.typed(text), layout.typed(text).upper()):
            yield last_digits(typed) == digits


def _forgeries() -> Iterator[bool]:
    ours = [KnownKey(KEY.public, "d", "u", "H49")]
    digits = SLIP.qr_text.rpartition("/")[2]
    for at, digit in enumerate(digits):
        for other in "0123456789".replace(digit, ""):
            yield judge(digits[:at] + other + digits[at + 1 :], ours).word != "genuine"
        swapped = digits[:at] + digits[at + 1 : at + 2] + digit + digits[at + 2 :]
        if swapped != digits:
            yield judge(swapped, ours).word != "genuine"


def _thermal() -> Iterator[bool]:
    for width in _WIDTHS:
        picture = slip_picture(SLIP, width)
        back = decoded(job_bytes(picture)).picture
        yield (back.size, back.tobytes()) == (picture.size, picture.tobytes())
        found = zxingcpp.read_barcode(back.convert("L"))
        yield found is not None and found.text == SLIP.qr_text


def _screen() -> Iterator[bool]:
    for width, height in ((8, 16), (9, 18), (10, 21)):
        for gap in range(7):
            seen = screens.screen_of(screen_cells(URL, screens.SHORT), width, height, gap)
            yield read(seen) == qr_text(URL, screens.SHORT)
