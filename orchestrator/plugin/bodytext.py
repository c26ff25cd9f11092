"""The body of a definition line by line: what is prose, what is in a code block, and under which heading it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.frontmatter import Document

_FENCE = re.compile(r"^\s*(?:[-*+] |\d+[.)] |> )?\s*(`{3,}|~{3,})\s*([\w+-]*)")
_HEADING = re.compile(r"^#{1,6}\s")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_NEGATED = re.compile(
    r"\b(?:never|not|no|none|without|avoid|forbidden|instead of|rather than|cannot|refuse)\b|n['’]t\b|[❌🚫⛔]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\s+[—–]\s+|\n")


# Characters around a word that are looked at: a line of a hostile file may have a million.
_NEAR = 400


@dataclass(frozen=True, kw_only=True)
class Line:
    """`number` counts from the first line of the file. `fence` is the language of the code block, None outside one."""

    number: int
    text: str
    fence: str | None
    heading: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A code block; `number` is the line of its opening fence."""

    number: int
    language: str
    text: str
    heading: str


@dataclass(frozen=True, kw_only=True)
class Span:
    """What stands between two backticks in prose; `line` is the whole line, `at` where in it the span begins."""

    number: int
    text: str
    line: str
    at: int

    @property
    def column(self) -> int:
        """Of the first character between the backticks, from 1."""
        return self.at + 2

    @property
    def before(self) -> str:
        """What stands before it in the line, as far as it is near."""
        return self.line[max(0, self.at - _NEAR) : self.at]

    @property
    def sentence(self) -> str:
        return _around(self.line, self.at)

    @property
    def is_negated(self) -> bool:
        return is_negated(self.sentence)


def is_negated(sentence: str) -> bool:
    """Whether the sentence tells what not to do."""
    return _NEGATED.search(sentence) is not None


def lines(document: Document) -> Iterator[Line]:
    fence, language, heading = "", "", ""
    for number, text in enumerate(document.body.split("\n"), start=document.body_line):
        opening = _FENCE.match(text)
        if fence:
            yield Line(number=number, text=text, fence=language, heading=heading)
            if text.strip().startswith(fence) and not text.strip().strip(fence[0]):
                fence = ""
        elif opening:
            fence, language = opening[1], opening[2].lower()
            yield Line(number=number, text=text, fence=language, heading=heading)
        else:
            found = _HEADING.match(text)
            heading = text.strip("# \t") if found else heading
            yield Line(number=number, text=text, fence=None, heading=heading)


def prose(document: Document) -> Iterator[Line]:
    return (line for line in lines(document) if line.fence is None)


def blocks(document: Document) -> Iterator[Block]:
    gathered: list[Line] = []
    for line in lines(document):
        if line.fence is None:
            continue
        gathered.append(line)
        first = gathered[0].text.strip()
        if len(gathered) > 1 and line.text.strip() and not line.text.strip().strip(first.lstrip("-*+> ")[:1]):
            text = "\n".join(each.text for each in gathered[1:-1]) + "\n"
            yield Block(number=gathered[0].number, language=line.fence or "", text=text, heading=line.heading)
            gathered = []


def spans(document: Document) -> Iterator[Span]:
    for line in prose(document):
        for match in _SPAN.finditer(line.text):
            yield Span(number=line.number, text=match[1].strip(), line=line.text, at=match.start())


def _around(text: str, at: int) -> str:
    """The sentence of `text` that has the character `at`, as far as it is near."""
    cut_off = max(0, at - _NEAR)
    text, at, start = text[cut_off : at + _NEAR], at - cut_off, 0
    for cut in _SENTENCE.finditer(text):
        if cut.end() > at:
            return text[start : cut.start()]
        start = cut.end()
    return text[start:]
