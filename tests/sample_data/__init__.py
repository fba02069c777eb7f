"""The shipped reference data and the script that makes it."""
