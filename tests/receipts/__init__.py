"""Tests of receipts/."""
