"""A PostgreSQL database engineer whose every claim is measured or proven on a real server."""

__version__ = "0.1.0"
