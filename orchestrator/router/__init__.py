"""Who is meant for a task, decided by data files and explained by the words that decided it."""
