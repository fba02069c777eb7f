"""The ranges of receipt numbers that the finance officer gave this desk."""
