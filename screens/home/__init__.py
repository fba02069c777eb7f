"""The first screen of the day's work: what presses, by a digit each."""
