"""Two dossiers under one number of a book are found from the index alone, for the leads' page."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import make_index

revision = "c0006"
down_revision = "c0005"


def upgrade() -> None:
    """Put book and unit into the index over the numbers."""
    op.execute("DROP INDEX dossier_by_book")
    make_index("dossier_by_book", "dossier (book_year, book_number, book, unit)", where="book_number IS NOT NULL")
