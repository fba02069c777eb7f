"""Why dossiers are late, from the screens: lists that lead to their act, causes, apologies, faults."""
