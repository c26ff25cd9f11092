"""Where the header of a markdown file starts and ends, also where its fences are not as they have to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.plugin.headerlines import KNOWN_KEYS
from orchestrator.plugin.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"---[ \t]*\Z")
_LONG_FENCE = re.compile(r"-{4,}[ \t]*\Z")
_END = re.compile(r"\.\.\.[ \t]*\Z")
_KEY = re.compile(r"[\"']?([A-Za-z][\w-]*)[\"']?[ \t]*:(?:[ \t]|\Z)")
_CODE = re.compile(r"[ \t]*(?:```|~~~)")
_PART = re.compile(r"[ \t]|-[ \t]|#|\Z")
_START_FIX = "Make `---` the first line of the file."
_CLOSE_FIX = "Write `---` on a line of its own below the last key."
# A header that starts further down is no header.
_FURTHEST = 20


@dataclass(frozen=True, kw_only=True)
class Split:
    """`header_line` and `body_line` are the first lines of the two, from 1. `problems` is empty for sound fences.

    What stands before the header goes in front of the body; `body_line` is then right for the lines after the header.
    """

    header: str
    header_line: int
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def split(text: str) -> Split:
    """The header and the body of `text`. Without a header, the header is empty and all of the text is body."""
    lines = text.split("\n")
    problems: list[Problem] = []
    start = _start(lines, problems)
    if start is None:
        return Split(header="", header_line=1, body=text, body_line=1, problems=tuple(problems))
    end, behind = _end(lines, start + 1, problems)
    _second_header(lines, behind, problems)
    body = lines[behind:]
    before = lines[:start] if any(line.strip() for line in lines[:start]) else []
    if before and _CODE.match(before[0]):
        before = []
        body = _without_code_fence(body)
    return Split(
        header="\n".join(lines[start + 1 : end]),
        header_line=start + 2,
        body="\n".join([*before, *body]),
        body_line=behind + 1 - len(before),
        problems=tuple(problems),
    )


def _start(lines: Sequence[str], problems: list[Problem]) -> int | None:
    """The index of the opening fence."""
    if _FENCE.match(lines[0]):
        return 0
    for at, line in enumerate(lines[:_FURTHEST]):
        if (_FENCE.match(line) or _LONG_FENCE.match(line)) and _opens(lines, at):
            _note_start(lines, at, problems)
            return at
    message = "the file does not start with ---: the client finds no header and takes all of it as body"
    _note(problems, 1, "no-frontmatter", message, "Start the file with a YAML header.")
    return None


def _opens(lines: Sequence[str], at: int) -> bool:
    """Whether a key that we know follows, so that the line is no ruler between two paragraphs."""
    following = [line for line in lines[at + 1 : at + _FURTHEST] if line.strip() and not line.startswith("#")]
    key = _KEY.match(following[0]) if following else None
    return bool(key and key[1] in KNOWN_KEYS)


def _note_start(lines: Sequence[str], at: int, problems: list[Problem]) -> None:
    before = next((line for line in lines[:at] if line.strip()), "")
    if _LONG_FENCE.match(lines[at]):
        message = "the opening fence has more than three hyphens: the client finds no header"
        _note(problems, at + 1, "bad-fence", message, "Write `---`.")
    if _CODE.match(before):
        message = "the header stands in a code block: the client finds no header"
        _note(problems, 1, "header-not-first", message, f"Remove the fences of the code block. {_START_FIX}")
    elif at:
        what = "text stands" if before else "blank lines stand"
        message = f"{what} before the header: the client finds no header, as it is not at the start of the file"
        _note(problems, at + 1, "header-not-first", message, _START_FIX)


def _end(lines: Sequence[str], first: int, problems: list[Problem]) -> tuple[int, int]:
    """The index behind the header's last line, and that of the body's first line."""
    for at in range(first, len(lines)):
        if _FENCE.match(lines[at]):
            return _end_before_dots(lines, first, at, problems) or (at, at + 1)
        if _LONG_FENCE.match(lines[at]):
            message = "the closing fence has more than three hyphens: the client takes the rest for text of the body"
            problem = Problem(code="bad-fence", message=message, fix="Write `---`.", severity="warning")
            problems.append(problem.at("", at + 1, 1))
            return at, at + 1
    if dots := _end_before_dots(lines, first, len(lines), problems):
        return dots
    end = _end_without_fence(lines, first)
    message = "the header has no closing ---: the client finds no header and takes all of the file as body"
    _note(problems, first, "open-frontmatter", message, _CLOSE_FIX)
    while end > first and not lines[end - 1].strip():
        end -= 1
    return end, end


def _end_before_dots(lines: Sequence[str], first: int, last: int, problems: list[Problem]) -> tuple[int, int] | None:
    """Where `...` ends the header before `last`, as YAML allows and the client does not."""
    for at in range(first, last):
        if _END.match(lines[at]) and not _opens(lines, at):
            message = "`...` closes the header: the client looks for --- and reads on until it finds one"
            _note(problems, at + 1, "open-frontmatter", message, _CLOSE_FIX)
            return at, at + 1
    return None


def _end_without_fence(lines: Sequence[str], first: int) -> int:
    """Where a header that nothing closes ends: at a line that is no part of one, or blank lines with no key behind."""
    blank = None
    for at in range(first, len(lines)):
        line = lines[at]
        if not line.strip():
            blank = at if blank is None else blank
        elif blank is not None and not _KEY.match(line):
            return blank
        elif not (_KEY.match(line) or _PART.match(line)) or line.startswith(("# ", "## ")):
            return at
        else:
            blank = None
    return len(lines) if blank is None else blank


def _second_header(lines: Sequence[str], behind: int, problems: list[Problem]) -> None:
    following = [at for at in range(behind, min(behind + _FURTHEST, len(lines))) if lines[at].strip()]
    if not following:
        return
    at = following[0]
    keys = _FENCE.match(lines[at]) is not None or _KEY.match(lines[at]) is not None
    known = _KEY.match(lines[following[1] if _FENCE.match(lines[at]) and len(following) > 1 else at])
    closed = any(_FENCE.match(lines[each]) for each in following[1:])
    if keys and closed and known and known[1] in KNOWN_KEYS:
        message = "a second header follows the first: the client takes it for text of the body"
        _note(problems, at + 1, "two-headers", message, "Move its keys into the first header.")


def _without_code_fence(body: list[str]) -> list[str]:
    """The body without the fence that closed the code block around all of it."""
    last = next((at for at in reversed(range(len(body))) if body[at].strip()), None)
    if last is None or not _CODE.match(body[last]):
        return body
    return [*body[:last], *body[last + 1 :]]


def _note(problems: list[Problem], line: int, code: str, message: str, fix: str) -> None:
    problems.append(Problem(code=code, message=message, fix=fix).at("", line, 1))
