"""Rules for COMMIT."""
