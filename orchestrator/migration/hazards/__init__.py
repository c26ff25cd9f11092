"""One hazard a file. Adding the file is the whole change."""
