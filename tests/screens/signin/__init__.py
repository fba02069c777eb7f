"""Tests of the sign-in."""
