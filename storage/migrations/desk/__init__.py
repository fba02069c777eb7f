"""Revisions of a desk's database, oldest first."""
