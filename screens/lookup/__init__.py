"""Finding a dossier while typing whatever somebody remembers."""
