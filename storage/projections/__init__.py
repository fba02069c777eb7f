"""Tables that follow from the log alone (floor 2)."""
