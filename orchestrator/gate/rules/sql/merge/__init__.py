"""Rules for MERGE."""
