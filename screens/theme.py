"""The colours of the desk; what they mean always stands in words too."""

from __future__ import annotations

from textual.theme import Theme

DESK_THEME = Theme(
    name="desk",
    primary="#1c5a9c",
    secondary="#2c7a7b",
    accent="#d9a400",
    warning="#d9a400",
    error="#a83232",
    success="#3c8c4f",
    foreground="#e6e6e6",
    background="#11161c",
    surface="#19212a",
    panel="#26313d",
)
