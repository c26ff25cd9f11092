"""Rules for LOAD."""
