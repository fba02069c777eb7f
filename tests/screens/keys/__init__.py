"""Tests of screens/keys."""
