"""The typeface of the papers: a subset of Tinos under its own name, with its licence."""
