"""A command line that cannot be read to its end: held where it speaks of a database or hides its text."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.rule import Effect
from orchestrator.gate.shell.unfamiliar import CLIENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.judgement import Judgement

# What a command line has to speak of, and what a file has to: files are longer, and mention more.
WORDS = ("sql", "drop ", "truncate", "migrat", "database", "delete from", "settings.json", "disableallhooks")
SCRIPT = 4000
LOSSES = (
    "drop table",
    "drop database",
    "drop schema",
    "truncate ",
    "delete from",
    "dropdb",
    "disableallhooks",
    "psql ",
)


def judge(command: str, why: str, found: Judgement) -> None:
    if speaks_of_a_database(command):
        found.effects.append(Effect(catalogue.find("unread-command"), why + ": " + command[:160], ()))


def too_much(texts: list[str], why: str, found: Judgement) -> None:
    """A command line that was not followed to its end: the rest is held to what its texts and its files speak of."""
    files = " ".join(text.lower() for _, text in found.read)
    if any(map(_speaks, dict.fromkeys(texts))) or any(word in files for word in LOSSES):
        found.effects.append(Effect(catalogue.find("unfollowable-command"), why + ": " + texts[0][:160], ()))


def speaks_of_a_database(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in WORDS) or _names_a_client(lower)


def _speaks(text: str) -> bool:
    """A whole script mentions more than a command line, as a file does."""
    lower = text.lower()
    return any(word in lower for word in (WORDS if len(text) < SCRIPT else LOSSES)) or _names_a_client(lower)


def _names_a_client(lower: str) -> bool:
    """The name as a word of its own: mongo and goose are in mongoose."""
    for name in CLIENTS:
        at = lower.find(name)
        while at >= 0:
            if not lower[at - 1 : at].isalnum() and not lower[at + len(name) : at + len(name) + 1].isalpha():
                return True
            at = lower.find(name, at + 1)
    return False
