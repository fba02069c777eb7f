"""What two desks did that does not fit together."""
