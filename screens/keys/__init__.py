"""What happens between the terminal and the field: bytes to keys, one queue of keys, the table of keys."""
