"""One mend a file. A module with a `MEND` is all that a new one needs."""
