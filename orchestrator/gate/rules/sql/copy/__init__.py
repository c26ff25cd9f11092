"""Rules for COPY."""
