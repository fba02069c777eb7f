"""Use cases: what an officer does, one small class each (floor 4). They hold sessions, never SQL."""
