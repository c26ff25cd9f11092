"""Rules for PRAGMA."""
