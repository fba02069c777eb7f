"""Dossiers filed online."""
