"""Rules for SHUTDOWN."""
