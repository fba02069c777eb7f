"""Who stands at the counter: numbers, phones, names, and what does not fit together."""
