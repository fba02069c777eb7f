"""Two dossiers under one number of a book are found from the index alone, each minute, however many there are."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import make_index

revision = "d0007"
down_revision = "d0006"


def upgrade() -> None:
    """Put book and unit into the index over the numbers."""
    op.execute("DROP INDEX dossier_by_book")
    make_index("dossier_by_book", "dossier (book_year, book_number, book, unit)", where="book_number IS NOT NULL")
