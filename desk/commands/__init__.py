"""The command line, one file a group of commands (floor 7)."""
