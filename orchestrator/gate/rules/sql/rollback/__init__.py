"""Rules for ROLLBACK."""
