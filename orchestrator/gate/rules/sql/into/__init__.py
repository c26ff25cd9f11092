"""Rules for SELECT … INTO."""
