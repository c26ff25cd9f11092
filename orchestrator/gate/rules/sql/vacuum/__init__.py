"""Rules for VACUUM."""
