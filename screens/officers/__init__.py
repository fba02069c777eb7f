"""The officers of this desk."""
