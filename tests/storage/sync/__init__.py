"""Tests of storage/sync."""
