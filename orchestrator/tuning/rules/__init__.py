"""One tuning rule a file. Adding a file adds the rule."""
