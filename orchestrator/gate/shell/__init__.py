"""A bash command line: its parts, its abstract evaluation, and the programs that it would start."""
