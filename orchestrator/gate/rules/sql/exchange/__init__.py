"""Rules for EXCHANGE."""
