"""Rules for PURGE."""
