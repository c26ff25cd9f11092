"""Rules for DELETE."""
