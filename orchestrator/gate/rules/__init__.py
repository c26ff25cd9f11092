"""Gate rules, one a file. Adding the file is the whole change."""
