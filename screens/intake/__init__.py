"""Receiving a dossier on one page."""
