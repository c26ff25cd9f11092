"""Program text of interpreters: what it would do to a database."""
