"""Tests of screens/widgets."""
