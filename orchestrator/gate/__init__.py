"""The gate: reads what a tool call would do, and denies, asks, or says nothing. Standard library only, Python 3.9.

Imports nothing of ours outside this package, and none of re, json, typing, dataclasses, enum, pathlib: the hook has to
answer within a few milliseconds.
"""
