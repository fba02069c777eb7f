"""Moving a dossier along: only what is possible now, and only what the move demands."""
