"""Alembic revisions that make and change the tables at both ends."""
