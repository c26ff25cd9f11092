"""Rules for REINDEX."""
