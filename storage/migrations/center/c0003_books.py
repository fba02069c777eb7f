"""Certifications get numbers of their book and year."""

from __future__ import annotations

from storage.migrations.books import add_books

revision = "c0003"
down_revision = "c0002"


def upgrade() -> None:
    """Add columns and table; dossiers of before have no number."""
    add_books()
