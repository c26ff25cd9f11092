"""Rules for CALL."""
