"""Rules for OPTIMIZE."""
