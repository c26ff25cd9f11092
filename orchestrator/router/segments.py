"""A compound task cut into its parts, in the order in which the work is to be done."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.router import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.router.lexicon import Lexicon


@dataclass(frozen=True, kw_only=True)
class Part:
    """`start` and `end` count in the task. `first`: the words say that this part comes before the one to its left."""

    start: int
    end: int
    first: bool


def cut(task: str, lexicon: Lexicon) -> list[Part]:
    """The parts of `task` in the order of the text; one part if nothing joins two requests."""
    folded, origin = text.fold(task)
    places = origin or range(len(folded) + 1)
    parts: list[Part] = []
    start, first = 0, False
    for joint in _joints(folded, lexicon):
        if folded[start : joint.start()].strip(" ,.;"):
            parts.append(Part(start=places[start], end=places[joint.start()], first=first))
            first = joint.lastgroup == "reverser"
        start = joint.end()
    if folded[start:].strip(" ,.;"):
        parts.append(Part(start=places[start], end=len(task), first=first))
    return parts


def _joints(folded: str, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    return _joint(lexicon.connectors, lexicon.reversers, lexicon.imperatives).finditer(folded)


@functools.cache
def _joint(connectors: tuple[str, ...], reversers: tuple[str, ...], imperatives: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all joints: a connector, a word like `after`, or a stop before a verb that asks for work."""
    verbs = "|".join(map(re.escape, imperatives)) or "(?!)"
    return re.compile(
        rf"(?P<reverser>[,;]?\s+\b(?:{_words(reversers)})\b\s*)"
        rf"|(?P<connector>(?:[,;.]?\s+|[,;]\s*)(?:{_words(connectors)})(?:\s+|,\s*))"
        rf"|(?P<stop>(?:\s*;\s*|\n+))"
        rf"|(?P<verb>(?:,\s*(?:and\s+)?|[.!]\s+|\s+(?:and|&|\+)\s+)(?:also\s+|please\s+|finally\s+)*(?=(?:{verbs})\b))"
    )


def _words(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
