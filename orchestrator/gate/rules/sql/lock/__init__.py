"""Rules for LOCK."""
