"""Tests of the lookup."""
