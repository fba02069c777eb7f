"""Tests of the officers' page."""
