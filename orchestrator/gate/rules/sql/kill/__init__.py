"""Rules for KILL."""
