"""Dossiers that go to a department, and results that come back."""
