"""Tests of the return."""
