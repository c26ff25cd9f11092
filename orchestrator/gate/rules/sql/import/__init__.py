"""Rules for IMPORT."""
