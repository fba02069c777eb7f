"""Tests of desk/rules/."""
