"""Tests of the device pages."""
