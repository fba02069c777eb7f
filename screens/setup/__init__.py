"""The first start of an empty home."""
