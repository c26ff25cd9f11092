"""What database clients understand besides SQL: their scripts, their own languages and their web interfaces."""
