"""Tests of the screens of delays."""
