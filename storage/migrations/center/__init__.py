"""Revisions of the center's database, oldest first."""
