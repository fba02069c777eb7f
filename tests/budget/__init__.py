"""The keystroke budget on the real program: every row in a pseudo-terminal, calmly and typed ahead in one burst."""
