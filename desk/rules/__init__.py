"""Pure rules of the one-stop desk (floor 0): no clock, file, database or network is read here."""
