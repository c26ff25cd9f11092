"""Rules for REPLACE."""
