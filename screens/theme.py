"""The colours of the desk, one theme a terminal profile; what a colour means always stands in words too."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from textual.theme import Theme

_BRIGHT: Final = {
    "primary": "#1c5a9c",
    "secondary": "#2c7a7b",
    "accent": "#d9a400",
    "warning": "#d9a400",
    "error": "#a83232",
    "success": "#3c8c4f",
    "foreground": "#e6e6e6",
    "background": "#11161c",
    "surface": "#19212a",
    "panel": "#26313d",
}

_NAMED: Final = {
    "primary": "#0000aa",
    "secondary": "#00aaaa",
    "accent": "#aa5500",
    "warning": "#aa5500",
    "error": "#aa0000",
    "success": "#00aa00",
    "foreground": "#aaaaaa",
    "background": "#000000",
    "surface": "#000000",
    "panel": "#000000",
}
"""The eight colours that every terminal has by name, without the bright ones: a console with 512 letters has
none (desk-ux, 4.4)."""

_PLAIN: Final = {
    "primary": "#ffffff",
    "secondary": "#ffffff",
    "accent": "#ffffff",
    "warning": "#ffffff",
    "error": "#ffffff",
    "success": "#ffffff",
    "foreground": "#ffffff",
    "background": "#000000",
    "surface": "#000000",
    "panel": "#000000",
}
"""Black and white; what is light behind letters becomes reverse video."""

_SHARP: Final = {
    "primary": "#ffff00",
    "secondary": "#00ffff",
    "accent": "#ffff00",
    "warning": "#ffff00",
    "error": "#ffb0b0",
    "success": "#90ff90",
    "foreground": "#ffffff",
    "background": "#000000",
    "surface": "#000000",
    "panel": "#202020",
}
"""Letters at least seven times as light as what is behind them, or the other way round (WCAG 2.2, 1.4.6)."""


def _theme(name: str, colours: Mapping[str, str], variables: Mapping[str, str] = MappingProxyType({})) -> Theme:
    return Theme(
        name=f"desk-{name}",
        primary=colours["primary"],
        secondary=colours["secondary"],
        accent=colours["accent"],
        warning=colours["warning"],
        error=colours["error"],
        success=colours["success"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        variables=dict(variables),
    )


VEIL: Final = "#11161c99"
"""What lies over a screen while a dialog asks: the variable `veil` of a theme."""

_LIGHT_TEXT: Final = {
    "veil": "#00000000",
    "text-muted": "#ffffff",
    "text-warning": "#ffff00",
    "text-error": "#ffb0b0",
    "text-success": "#90ff90",
}

THEMES: Final[Mapping[str, Theme]] = {
    "full": _theme("full", _BRIGHT),
    "16": _theme("16", _NAMED),
    "console": _theme("console", _NAMED),
    "mono": _theme("mono", _PLAIN),
    "ascii": _theme("ascii", _PLAIN),
    "contrast": _theme("contrast", _SHARP, _LIGHT_TEXT),
}
"""By the name of the terminal profile (`screens.profiles`)."""
