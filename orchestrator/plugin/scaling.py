"""The numbers of tool calls that a text gives for kinds of work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.frontmatter import Document

_NUMBER = r"(\d+|[NMXY])"
_DASH = r"\s*(?:-|–|—|to|\.\.)\s*"
_CALLS = re.compile(rf"\b{_NUMBER}{_DASH}{_NUMBER}\+?(?:\s+tool[- ]calls?\b)?")
_NAMES = re.compile(r"tool[- ]calls?\b", re.IGNORECASE)
_NEAR = 80
_LABEL = re.compile(r"([A-Za-z][\w /-]*?)\**\s*[:|]?\s*\**\s*$")


@dataclass(frozen=True, kw_only=True)
class Said:
    """`label` is the words before the numbers; `fault` says why they are no range, and is empty where they are."""

    label: str
    low: int
    high: int
    fault: str
    text: str
    number: int
    column: int


def said(document: Document) -> Iterator[Said]:
    """The ranges of tool calls in the order of the text, from lines that name tool calls."""
    for line in bodytext.prose(document):
        if not _NAMES.search(line.text):
            continue
        for match in _CALLS.finditer(line.text):
            before = re.split(r"[,;.]\s", line.text[max(0, match.start() - _NEAR) : match.start()])[-1]
            label = _LABEL.search(before)
            numbers = [int(each) if each.isdecimal() else -1 for each in (match[1], match[2])]
            yield Said(
                label=label[1].strip().lower() if label else "",
                low=numbers[0],
                high=numbers[1],
                fault=_fault(numbers[0], numbers[1]),
                text=match[0],
                number=line.number,
                column=match.start() + 1,
            )


def _fault(low: int, high: int) -> str:
    if min(low, high) < 0:
        return "is not a number of tool calls"
    if high == 0:
        return "allows no tool call"
    return f"goes down from {low} to {high}" if low > high else ""
