"""Rules for RENAME."""
