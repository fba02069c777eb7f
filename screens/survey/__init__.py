"""The citizen alone before large keys."""
