"""The papers that were made, and how far each got."""
