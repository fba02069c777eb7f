"""Widgets of our own: inputs, lists, header and footer."""
