"""What can go wrong and be acted on by the officer, one class a code (the lowest floor)."""
