"""Rules for ALTER."""
