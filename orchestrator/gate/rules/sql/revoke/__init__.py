"""Rules for REVOKE."""
