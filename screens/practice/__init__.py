"""Practice: the menu of the trainer and the tour that plays the whole job by itself."""
