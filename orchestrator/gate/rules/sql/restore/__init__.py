"""Rules for RESTORE."""
