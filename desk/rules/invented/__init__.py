"""An invented commune: people, visits and whole dossiers by dice, for practice, simulation and tests."""
