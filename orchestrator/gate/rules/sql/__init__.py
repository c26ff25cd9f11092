"""Rules tried on SQL statements, by the first word of the statement."""
