"""Certifications of the day."""
