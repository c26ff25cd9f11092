"""DELIMITER, a command of the clients of MySQL."""

from __future__ import annotations

# No quote, comment or letter: replacing it cannot hide anything.
ALLOWED = frozenset("$/;|@%!^&~.?")


def replaced(text: str) -> str:
    """The text with semicolons for the delimiters that it sets."""
    done = []
    delimiter = ""
    for line in text.split("\n"):
        words = line.split()
        if len(words) > 1 and words[0].upper() == "DELIMITER":
            delimiter = "" if words[1] == ";" or not set(words[1]) <= ALLOWED else words[1]
            done.append("")
        else:
            done.append(line.replace(delimiter, ";") if delimiter else line)
    return "\n".join(done)
