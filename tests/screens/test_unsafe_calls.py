"""No screen parses markup of outside text, pictures itself, or shows a crash with a citizen's data: by its source.

Names come from cards, scans and other machines. What Textual parses as markup (its own widgets of text, titles of
borders, tooltips, notices) could hide them, colour them or make them act; here text is drawn by the desk's widgets,
which know no markup. tests/screens/test_hostile_names.py sees the same at the screens that run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = ("textual.widgets", "textual.markup", "rich.markup", "rich.console", "rich.traceback", "rich.prompt")
"""What draws or prints text as markup, or tells the values of a crash."""
CALLS = frozenset(
    "from_markup render_markup notify save_screenshot deliver_screenshot export_screenshot action_screenshot"
    " print_exception install_traceback eval exec".split()
)
TEXTS = frozenset("border_title border_subtitle tooltip".split())
"""Attributes whose strings Textual parses."""
SWITCHES = frozenset({"show_locals", "markup", "pretty_exceptions_show_locals"})


def faults(source: str) -> Iterator[str]:
    """Yield what is unsafe in a source, each with its line."""
    for node in ast.walk(ast.parse(source)):
        for what in _unsafe(node):
            yield f"{getattr(node, 'lineno', 0)}: {what}"


def _unsafe(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module:
        yield from (node.module for module in MODULES if f"{node.module}.".startswith(f"{module}."))
        yield from (one.name for one in node.names if f"{node.module}.{one.name}" in MODULES or one.name in CALLS)
    elif isinstance(node, ast.Import):
        yield from (one.name for one in node.names if any(f"{one.name}.".startswith(f"{m}.") for m in MODULES))
    elif isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        yield from [name] if name in CALLS else []
        yield from (word.arg for word in node.keywords if word.arg in TEXTS or _is_on(word))
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in TEXTS:
        yield node.attr


def _is_on(word: ast.keyword) -> bool:
    return word.arg in SWITCHES and not (isinstance(word.value, ast.Constant) and word.value.value is False)


def test_no_screen_calls_what_is_unsafe() -> None:
    found = {
        str(path.relative_to(ROOT)): list(faults(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "screens").rglob("*.py"))
    }
    assert len(found) > 100
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("from textual.widgets import Static", "textual.widgets"),
        ("import textual.widgets", "textual.widgets"),
        ("from textual import widgets", "widgets"),
        ("from rich.markup import render", "rich.markup"),
        ("Content.from_markup(name)", "from_markup"),
        ("self.app.notify(name)", "notify"),
        ("self.border_title = name", "border_title"),
        ("field = Field(tooltip=name)", "tooltip"),
        ("Line(name, markup=True)", "markup"),
        ("Line(name, markup=wanted)", "markup"),
        ("app.deliver_screenshot()", "deliver_screenshot"),
        ("Typer(pretty_exceptions_show_locals=True)", "pretty_exceptions_show_locals"),
    ],
)
def test_each_unsafe_thing_is_seen(source: str, what: str) -> None:
    assert list(faults(source)) == [f"1: {what}"]


@pytest.mark.parametrize("source", ["Content(clean(name))", "Line(name, markup=False)", "title = self.border_title"])
def test_what_is_safe_is_let_through(source: str) -> None:
    assert list(faults(source)) == []
