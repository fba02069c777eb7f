"""Tests of storage/center."""
