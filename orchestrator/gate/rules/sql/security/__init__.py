"""Rules for SECURITY."""
