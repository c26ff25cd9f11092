"""Rules for DETACH."""
