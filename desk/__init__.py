"""The desk: command line, wiring, use cases and rules. Importing it costs nothing."""
