"""Rules for TRUNCATE."""
