"""Rules for PREPARE."""
