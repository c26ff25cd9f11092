"""Rules for ATTACH."""
