"""A whole day of a desk under tmux, against a real center over a line that is cut and mended."""
