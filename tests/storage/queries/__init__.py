"""Questions put to the log and its tables."""
