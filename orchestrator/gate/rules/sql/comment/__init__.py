"""Rules for COMMENT."""
