"""Rules for EXEC."""
