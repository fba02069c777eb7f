"""Tests of storage/migrations."""
