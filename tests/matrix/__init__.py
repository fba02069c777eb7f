"""Six workplaces by six faults, on the real program in a pseudo-terminal: what is seen, and what lies in the home."""
