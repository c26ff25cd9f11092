"""Rules for REPAIR."""
