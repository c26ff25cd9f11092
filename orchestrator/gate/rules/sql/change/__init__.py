"""Rules for CHANGE."""
