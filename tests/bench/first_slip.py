"""The first slip of a fresh process, beside the same page by fpdf2: same words, typeface and code, nothing to lay out.

fpdf2 gets every word with its place; ours lays the page out as well. CPU time: what other programs do beside it does
not count.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from receipts import slip
from receipts.content import SlipContent
from receipts.marks import Code, Document
from receipts.qr import QUIET_MODULES
from tests.bench.bare_canvas import BareCanvas
from tests.bench.figures import Figure

_ROUNDS = 5
_A_QUARTER = 0.25
_ALLOWED_MB = 25.0
_FIRST = """
import json, pickle, sys, time
began = time.process_time()
{act}
took = (time.process_time() - began) * 1000
def kilobytes(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))
try:
    print(took, kilobytes("VmRSS"))
except OSError:
    print(took, 0)
"""
_OURS = """
from receipts import slip
with open(sys.argv[1], "rb") as file:
    content = pickle.load(file)
slip.render(content)
"""
_FPDF2 = """
from fpdf import FPDF
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
with open(sys.argv[1], encoding="utf-8") as file:
    page = json.load(file)
pdf = FPDF(unit="pt", format=page["size"])
pdf.set_auto_page_break(False)
for style, name in page["faces"].items():
    pdf.add_font(name, fname=page["folder"] + "/" + name + ".ttf")
pdf.add_page()
height = page["size"][1]
font = None
for name, size, x, y, text in page["words"]:
    if font != (name, size):
        font = name, size
        pdf.set_font(name, size=size)
    pdf.text(x, height - y, text)
for x1, y1, x2, y2 in page["lines"]:
    pdf.line(x1, height - y1, x2, height - y2)
for x, y, width, tall in page["rects"]:
    pdf.rect(x, height - y - tall, width, tall)
left, top, module = page["code"]
code = QRCode(7, ERROR_CORRECT_M, border=0, mask_pattern=2)
code.add_data(page["qr_text"], optimize=8)
code.make(fit=True)
for y, row in enumerate(code.modules):
    for x, dark in enumerate(row):
        if dark:
            pdf.rect(left + x * module, top + y * module, module, module, style="F")
bytes(pdf.output())
"""
_BARE = """
import io
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
for style in ("Regular", "Bold", "Italic", "BoldItalic"):
    font = TTFont(style, f"receipts/fonts/MotCuaSerif-{style}.ttf", asciiReadable=0, shapable=False)
    registerFont(font)
canvas = Canvas(io.BytesIO())
for style in ("Regular", "Bold", "Italic"):
    canvas.setFont(style, 10)
    canvas.drawString(50, 50, "Giấy tiếp nhận hồ sơ")
canvas.save()
"""


def first_slip(content: SlipContent) -> Iterator[Figure]:
    """Yield the time and the memory of the first slip, each process in its turn beside its baselines."""
    with tempfile.TemporaryDirectory() as folder:
        ours, page = Path(folder) / "content.pickle", Path(folder) / "page.json"
        ours.write_bytes(pickle.dumps(content))
        page.write_text(json.dumps(_page(slip.lay_out(content), content.qr_text)), encoding="utf-8")
        turns = [(_run(_OURS, ours), _run(_FPDF2, page), _run(_BARE), _run("pass")) for _round in range(_ROUNDS)]
    mine, theirs, bare, _nothing = (
        sorted(took for took, _kb in runs)[_ROUNDS // 2] for runs in zip(*turns, strict=True)
    )
    memory = (min(turn[0][1] for turn in turns) - min(turn[3][1] for turn in turns)) / 1024
    name = "first slip of a fresh process, CPU"
    yield Figure("slip", name, mine, "ms", "fpdf2, same words, font and code", theirs, _A_QUARTER)
    yield Figure("slip", "the same", mine, "ms", "first words on a bare canvas, same fonts", bare)
    yield Figure("slip", "memory of papers over bare Python", memory, "MB", "allowed", _ALLOWED_MB, 1.0)


def _page(document: Document, qr_text: str) -> dict[str, object]:
    """Return the first page as fpdf2 needs it; places in points, y from below as the bare canvas has it."""
    bare = BareCanvas.of(document)
    code = next(mark for mark in document.pages[0].marks if isinstance(mark, Code))
    point_mm = 72 / 25.4
    quiet = QUIET_MODULES * code.module_pt
    return {
        "size": bare.size,
        "faces": {style: document.face.name(style) for style in ("regular", "bold", "italic", "bold_italic")},
        "folder": str(Path(slip.__file__).parent / "fonts"),
        "words": bare.words,
        "lines": bare.lines,
        "rects": bare.rects,
        "code": (code.left_mm * point_mm + quiet, code.top_mm * point_mm + quiet, code.module_pt),
        "qr_text": qr_text,
    }


def _run(act: str, *arguments: Path) -> tuple[float, int]:
    """Return the time in ms and the memory in kB of one act in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _FIRST.format(act=act), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    took, kilobytes = done.stdout.split()
    return float(took), int(kilobytes)
