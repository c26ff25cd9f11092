"""Shell patterns: matching, removing prefixes and suffixes, and finding files."""

from __future__ import annotations

import posix

MOST_FILES = 200
MOST_STEPS = 20000


def special(text: str) -> bool:
    return "*" in text or "?" in text or "[" in text


def matches(text: str, pattern: str) -> bool:
    """True if the whole text fits: * ? [abc] [a-z] [!abc] and backslash. Runs in the product of the lengths."""
    at = position = steps = 0
    star = star_at = -1
    while at < len(text):
        steps += 1
        if steps > MOST_STEPS:
            return True
        size = _one(text[at], pattern, position)
        if size:
            at += 1
            position += size
        elif position < len(pattern) and pattern[position] == "*":
            star, star_at = position, at
            position += 1
        elif star >= 0:
            star_at += 1
            at, position = star_at, star + 1
        else:
            return False
    return not pattern[position:].strip("*")


def _one(letter: str, pattern: str, position: int) -> int:
    """How much of the pattern this letter uses up; 0 if it does not fit."""
    if position >= len(pattern):
        return 0
    sign = pattern[position]
    if sign == "*":
        return 0
    if sign == "?":
        return 1
    if sign == "\\" and position + 1 < len(pattern):
        return 2 if pattern[position + 1] == letter else 0
    end = pattern.find("]", position + 2) if sign == "[" else -1
    if end > 0:
        return end + 1 - position if _in_set(letter, pattern[position + 1 : end]) else 0
    return 1 if sign == letter else 0


def _in_set(letter: str, inner: str) -> bool:
    negated = inner[:1] in ("!", "^")
    body = inner[1:] if negated else inner
    found = letter in body.replace("-", "") if "-" in body[1:-1] else letter in body
    for index in range(1, len(body) - 1):
        if body[index] == "-" and body[index - 1] <= letter <= body[index + 1]:
            found = True
    return found is not negated


def without_prefix(text: str, pattern: str, longest: bool) -> str:
    ends = range(min(len(text), 4096) + 1)
    for end in reversed(ends) if longest else ends:
        if matches(text[:end], pattern):
            return text[end:]
    return text


def without_suffix(text: str, pattern: str, longest: bool) -> str:
    starts = range(max(0, len(text) - 4096), len(text) + 1)
    for start in starts if longest else reversed(starts):
        if matches(text[start:], pattern):
            return text[:start]
    return text


def files(pattern: str, cwd: str, made: list[str], budget: list[int]) -> list[str]:
    """Names that the pattern stands for, those in `made` (absolute paths) included; sorted, at most MOST_FILES.

    `budget` holds how many names may still be compared; with none left, nothing more is found.
    """
    found = [""] if pattern.startswith("/") else ["."]
    for part in [each for each in pattern.split("/") if each]:
        found = [name for folder in found for name in _inside(folder, part, cwd, made, budget)][:MOST_FILES]
    return sorted(name[2:] if name.startswith("./") and not pattern.startswith("./") else name for name in found)


def _inside(folder: str, part: str, cwd: str, made: list[str], budget: list[int]) -> list[str]:
    if part in ("**", "."):
        return [folder]
    absolute = folder if folder.startswith("/") or not folder else cwd + "/" + folder
    absolute = absolute.replace("/./", "/")
    if absolute.endswith("/."):
        absolute = absolute[:-2]
    start = absolute + "/"
    names = _listed(absolute or "/") if budget[0] > 0 else []
    names += [path[len(start) :].split("/")[0] for path in made if path.startswith(start)]
    budget[0] -= len(names)
    fixed = part.replace("?", "*").replace("[", "*").replace("\\", "*").partition("*")[0]
    return [
        folder + "/" + name
        for name in dict.fromkeys(names)
        if name.startswith(fixed) and matches(name, part) and (not name.startswith(".") or part.startswith("."))
    ]


def _listed(folder: str) -> list[str]:
    try:
        return posix.listdir(folder)
    except (OSError, ValueError):
        return []
