"""What importing the papers costs: nothing heavy before the first paper is drawn."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"reportlab", "qrcode", "PIL", "cryptography", "zxingcpp", "pypdfium2", "fontTools"}
MODULES = (
    "receipts.slip",
    "receipts.result_receipt",
    "receipts.supplement_slip",
    "receipts.refusal_slip",
    "receipts.apology_letter",
    "receipts.stop_notice",
    "receipts.control_slip",
    "receipts.fee_receipt",
    "receipts.printing",
    "receipts.practice_printer",
    "receipts.qr",
    "desk.rules.proof",
    "desk.rules.verdict",
)


def test_importing_the_papers_loads_no_drawing_library() -> None:
    code = f"import sys, {', '.join(MODULES)}; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {name.partition(".")[0] for name in loaded.stdout.split()} & HEAVY


def test_a_slip_loads_no_picture_reader_and_no_font_tool() -> None:
    code = (
        "import sys; from tests.receipts.samples import SLIP; from receipts import slip; slip.render(SLIP); "
        "print(*sorted(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {name.partition(".")[0] for name in loaded.stdout.split()} & {"zxingcpp", "pypdfium2", "fontTools"}
