"""An App that draws for the terminal it stands on: the themes known, every line made fit before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App
from textual.filter import LineFilter

from screens.profiles import PROFILES, Profile
from screens.theme import THEMES, VEIL
from screens.widgets.rows import LARGE, Rows


class FittedApp(App[int]):
    """Draws in one terminal profile, and in another one as soon as it is told."""

    profile: Profile = PROFILES["full"]

    def draw_for(self, profile: Profile) -> None:
        """Draw everything in `profile` from now on."""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.profile = profile
        self.theme = profile.theme

    def lay_out(self, *, large: bool) -> None:
        """Lay lists out with a blank line between their rows from now on, or close again."""
        self.set_class(large, LARGE)
        for rows in self.screen.query(Rows) if self.is_running else ():
            rows.hold_in_view()

    @property
    def is_large(self) -> bool:
        """Whether lists are laid out with blank lines."""
        return self.has_class(LARGE)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own variables of a theme, for those that do not set them."""
        return {**super().get_theme_variable_defaults(), "veil": VEIL}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what makes each drawn line fit for the terminal."""
        return [*super().get_line_filters(), *self.profile.filters]
