"""Rules for INSERT."""
