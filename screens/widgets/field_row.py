"""A word and the field behind it, in one line."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.widget import Widget

from screens.widgets.said import Said


class FieldRow(Horizontal):
    """Lays a label (a message id) before a field."""

    DEFAULT_CSS = """
    FieldRow { width: 1fr; height: 1; }
    FieldRow > Said { width: 20; }
    """

    def __init__(self, label: str, field: Widget, *, id: str | None = None) -> None:
        super().__init__(Said(label), field, id=id)
