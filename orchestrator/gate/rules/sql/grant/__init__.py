"""Rules for GRANT."""
