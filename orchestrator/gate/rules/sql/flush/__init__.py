"""Rules for FLUSH."""
