"""Rules for REFRESH."""
