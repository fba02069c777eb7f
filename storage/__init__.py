"""The event log, its mirror, its projections and the exchange with the center."""
