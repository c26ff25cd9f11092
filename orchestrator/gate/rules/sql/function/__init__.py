"""Rules for calls of functions."""
