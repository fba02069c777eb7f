"""The Textual screens (floor 5): one folder or file a workplace, widgets and dialogs below them."""
