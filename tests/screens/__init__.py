"""Tests of screens/."""
