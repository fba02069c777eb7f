"""One dossier: all that is known of it, and what can be done with it now."""
