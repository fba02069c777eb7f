"""Reference files: read, checked, searched."""
