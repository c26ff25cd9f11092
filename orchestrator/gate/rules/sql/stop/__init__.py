"""Rules for STOP."""
