"""Tests of the ranges of receipt numbers."""
