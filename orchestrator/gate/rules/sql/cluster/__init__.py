"""Rules for CLUSTER."""
