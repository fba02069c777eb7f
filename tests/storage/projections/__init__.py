"""Tests of storage/projections."""
