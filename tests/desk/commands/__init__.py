"""Tests of the command line: each command right, and wrong in the ways people get it wrong."""
