"""The users' common platform is Windows, and the first paint is a promise: what may be imported, and when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
POSIX_ONLY = ("fcntl", "termios", "pwd", "resource", "pty", "tty", "grp")
HEAVY = (
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "alembic",
    "reportlab",
    "qrcode",
    "PIL",
    "cryptography",
    "pyrage",
    "typer",
    "httpx2",
)


def run(code: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_every_module_can_be_imported_without_the_modules_of_posix() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in ("desk", "screens", "storage", "receipts", "sample_data")
        for path in (ROOT / package).rglob("*.py")
        if path.name not in ("__init__.py", "env.py") and "fonts" not in path.parts
    )
    code = f"""
import importlib, sys
for name in {POSIX_ONLY!r}:
    sys.modules[name] = None
import textual.drivers  # Textual's own choice of a driver is made when it runs
for name in {modules!r}:
    importlib.import_module(name)
print("all")
"""
    assert run(code).strip() == "all"


def test_the_first_screen_is_painted_without_sql_papers_keys_or_typer() -> None:
    code = """
import sys
from pathlib import Path
from desk.commands.run import run
import desk.commands.start, desk.assembly, screens.app, screens.office
screens.office.workplaces()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
    assert set(run(code).split()).isdisjoint(HEAVY)
