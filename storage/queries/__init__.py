"""Questions put to the tables: (session, ...) in, rows or scalars out (floor 2)."""
