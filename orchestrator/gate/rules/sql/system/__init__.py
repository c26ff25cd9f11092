"""Rules for SYSTEM."""
