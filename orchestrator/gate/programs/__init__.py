"""Readers of programs, one program a file: what its words and its input make it do."""
