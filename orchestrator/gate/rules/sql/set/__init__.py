"""Rules for SET."""
