"""The numbers of certification per book and year, as a revision of both ends adds them."""

from __future__ import annotations

from storage.migrations.columns import add_column, make_index, make_table


def add_books() -> None:
    """Add the numbers to the dossiers, an index over them, and the last number of each book."""
    for column in ("book text NOT NULL DEFAULT ''", "book_year int", "book_number int"):
        add_column("dossier", column)
    make_index("dossier_by_book", "dossier (book_year, book_number)", where="book_number IS NOT NULL")
    make_table(
        "book",
        """
        unit text NOT NULL
        book text NOT NULL
        year int NOT NULL
        slot int NOT NULL
        last int NOT NULL
        """,
        "PRIMARY KEY (unit, book, year, slot)",
    )
