"""Whether an agent has recorded a decision of its own, by a tool of ours or by the command."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_RECORDERS = ("remember", "add_memory")
_ENDS = frozenset(";&|()\n")
_HELP = frozenset({"-h", "--help"})
_BEFORE = ("orchestrate", "orchestrator")  # the program, and the module behind it


def by_agent(events: Iterable[Mapping[str, Any]]) -> bool:
    """True if a call that recorded a decision has succeeded."""
    known = list(events)
    succeeded = {each["id"] for each in known if each.get("event") == "result" and each["ok"]}
    calls = [each for each in known if each.get("event") == "call" and each["id"] in succeeded]
    return any(each["tool"].rpartition("__")[2] in _RECORDERS or _is_recording(each) for each in calls)


def _is_recording(call: Mapping[str, Any]) -> bool:
    return call["tool"] == "Bash" and any(_records(words) for words in _commands(str(call["input"])))


def _commands(line: str) -> Iterator[list[str]]:
    """The words of each command of the line. Its end may be cut, in the middle of a quote."""
    for text in (line, line + "'", line + '"'):
        reader = shlex.shlex(text.replace("\n", " \n "), posix=True, punctuation_chars=True)
        reader.whitespace, reader.whitespace_split, reader.commenters = " \t\r", True, ""
        try:
            words = list(reader)
        except ValueError:
            continue
        yield from _apart(words)
        return


def _apart(words: Iterable[str]) -> Iterator[list[str]]:
    command: list[str] = []
    for word in words:
        if word and _ENDS.issuperset(word):
            yield command
            command = []
        else:
            command.append(word)
    yield command


def _records(words: list[str]) -> bool:
    """orchestrate remember TEXT, with whatever starts it before and options in between; not its help."""
    at = next((at for at, word in enumerate(words) if word.rpartition("/")[2] in _BEFORE), len(words))
    rest = words[at + 1 :]
    if not rest or rest[0] != "remember" or words[:1] in (["echo"], ["printf"], ["which"], ["man"]):
        return False
    return bool(rest[1:]) and not _HELP & set(rest[1:])
