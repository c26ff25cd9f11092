"""Rules for DROP."""
