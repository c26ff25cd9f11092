"""Patterns of paths as in agent definitions: `**` any folders, `*` and `?` inside one name, case-sensitive."""

from __future__ import annotations


def matches(path: str, pattern: str) -> bool:
    """True if the relative path fits. `dir/**` fits everything below dir, and dir itself."""
    return _fits([part for part in path.split("/") if part], [part for part in pattern.split("/") if part])


def _fits(parts: list[str], wanted: list[str]) -> bool:
    """Row by row over the pattern: the positions in the path that can be reached. No backtracking."""
    reached = {0}
    for pattern in wanted:
        if not reached:
            return False
        if pattern == "**":
            reached = set(range(min(reached), len(parts) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(parts) and name(parts[at], pattern)}
    return len(parts) in reached


def name(text: str, pattern: str) -> bool:
    """True if one name fits a pattern of * and ?; every other character stands for itself."""
    at, back, star = 0, 0, -1
    position = 0
    while at < len(text):
        sign = pattern[position : position + 1]
        if sign == "*":
            star, back = position, at
            position += 1
        elif sign in ("?", text[at]) and sign:
            at += 1
            position += 1
        elif star >= 0:
            back += 1
            at, position = back, star + 1
        else:
            return False
    return not pattern[position:].strip("*")
