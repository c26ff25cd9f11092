"""Rules for REASSIGN."""
