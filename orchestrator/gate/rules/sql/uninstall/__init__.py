"""Rules for UNINSTALL."""
