"""Rules for CLONE."""
