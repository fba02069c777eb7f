"""Lessons of practice: their file read strictly, what their steps want, and what a trainee is given for them."""
