"""Rules for START."""
