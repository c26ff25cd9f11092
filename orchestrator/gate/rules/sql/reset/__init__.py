"""Rules for RESET."""
