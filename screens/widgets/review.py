"""The last stop of a form: it says what will happen, and only here Enter does it (decisions, 4)."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size

from desk.words import N_
from screens.widgets.said import Said

_SIGN = "> "


class Review(Said, can_focus=True):
    """A sentence that can have the cursor; the screen acts when Enter is pressed in it."""

    DEFAULT_CSS = """
    Review { width: 1fr; height: auto; padding: 0 1; background: $panel; color: $foreground; }
    Review:focus { background: $primary; color: $text; text-style: bold; }
    """

    help_said = N_("Enter does what this line says; the arrow up goes back to the fields.")

    def on_focus(self) -> None:
        """Show the cursor's sign."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Take the sign away."""
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The longest line and the sign before it."""
        return cell_len(_SIGN) + super().get_content_width(container, viewport)

    def render(self) -> Content:
        """Return the sentence behind a sign that says whether the cursor is here."""
        return Content((_SIGN if self.has_focus else "  ") + self.text)
