"""Records and errors that every other part shares. Standard library only."""
