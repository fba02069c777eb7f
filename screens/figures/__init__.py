"""The periodic table of any two days."""
