"""Rules for RESTART."""
