"""Tests of the certifications of the day."""
