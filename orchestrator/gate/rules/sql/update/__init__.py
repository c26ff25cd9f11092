"""Rules for UPDATE."""
