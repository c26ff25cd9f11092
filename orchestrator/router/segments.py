"""A compound task cut into its parts, in the order in which the work is to be done."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orchestrator.router import pasted, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orchestrator.router.lexicon import Lexicon

_EMPTY = " \t\n,.;:"
_ITEM = re.compile(r"\s*(?:[-*•]|\(?\d{1,2}[.)])\s+")


@dataclass(frozen=True, kw_only=True)
class Part:
    """`start` and `end` count in the task. `first`: the words say that this part comes before the one to its left."""

    start: int
    end: int
    first: bool


def cut(task: str, lexicon: Lexicon) -> list[Part]:
    """The parts of `task` in the order of the text; one part if nothing joins two requests."""
    task = task[: text.MAX_CHARACTERS]
    folded, origin = text.fold(task)
    places = origin or range(len(folded) + 1)
    spans: list[tuple[int, int, bool]] = []
    start, first = 0, False
    for joint in _joints(folded, places, task, lexicon):
        if folded[start : joint.start()].strip(_EMPTY):
            spans.append((start, joint.start(), first))
            first = joint.lastgroup == "reverser"
        start = joint.end()
    if folded[start:].strip(_EMPTY):
        spans.append((start, len(folded), first))
    parts = [Part(start=places[start], end=places[end], first=first) for start, end, first in spans]
    return _postponed(parts, [folded[start:end] for start, end, _ in spans], lexicon)


def without_mark(part: str) -> str:
    """The words of a part without the number or the dash of a list."""
    return part[match.end() :] if (match := _ITEM.match(part)) else part


def _postponed(parts: list[Part], said: Sequence[str], lexicon: Lexicon) -> list[Part]:
    """`Before you write the endpoint, add the table`: the part after the one that begins so comes first."""
    words = tuple(f"{word} " for word in lexicon.postponers)
    for number in range(len(parts) - 1):
        if words and said[number].lstrip(_EMPTY).startswith(words):
            parts[number + 1] = replace(parts[number + 1], first=True)
    return parts


def _joints(folded: str, places: Sequence[int], task: str, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    """The joints that were written by whoever asks: none inside a quotation, or in or before a pasted log."""
    joints = _joint(lexicon.connectors, lexicon.reversers, lexicon.imperatives).finditer(folded)
    numbered = "1" in folded and "2" in folded
    left_alone: list[tuple[int, int]] | None = None
    for joint in joints:
        if joint.lastgroup == "item" and not numbered:
            continue
        if left_alone is None:
            left_alone = pasted.stretches(task)
        at = places[joint.end() - 1]
        nearest = bisect_right(left_alone, (at, len(task))) - 1
        if nearest < 0 or at >= left_alone[nearest][1]:
            yield joint


@functools.cache
def _joint(connectors: tuple[str, ...], reversers: tuple[str, ...], imperatives: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all joints: a connector, a word like `after`, a stop or an item of a list, or a comma before a
    verb that asks for work. `(?<!\\s)`: a run of spaces is tried once.
    """
    verbs = "|".join(map(re.escape, imperatives)) or "(?!)"
    spaced = tuple(word for word in connectors if not _is_cjk(word))
    unspaced = tuple(word for word in connectors if _is_cjk(word))
    return re.compile(
        rf"(?P<reverser>(?:[,;]|(?<!\s))\s+\b(?:{_words(reversers)})\b\s*)"
        rf"|(?P<connector>(?:[,;.]|(?<![\s,;.]))\s+(?:{_words(spaced)})(?:\s+|,\s*)|[,;]\s*(?:{_words(spaced)})(?:\s+|,\s*)"
        rf"|[,;。、]?(?:{_words(unspaced)})[,、]?)"
        rf"|(?P<item>(?:^|(?<=[\s:;,.]))\(?\d{{1,2}}[.)]\s+(?=[^\W\d]))"
        rf"|(?P<stop>(?<!\s)\s*;\s*|\n+)"
        rf"|(?P<verb>(?:,\s*(?:and\s+)?|[.!]\s+|(?<!\s)\s+(?:and|&|\+)\s+)(?:also\s+|please\s+|finally\s+)*(?=(?:{verbs})\b))"
    )


def _is_cjk(word: str) -> bool:
    return any("\u3040" <= character <= "\u9fff" for character in word)


def _words(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
