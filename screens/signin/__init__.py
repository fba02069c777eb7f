"""Who sits at the desk: the first screen of the day, and the one that locks it."""
