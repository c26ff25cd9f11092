"""Rules for INSTALL."""
