"""What the readers of JSON and YAML give back: the value, and the place of everything in it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestrator.plugin.problems import Pointer, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DEPTH = 64
MAX_PROBLEMS = 100
MAX_VALUES = 200_000


@dataclass(frozen=True, kw_only=True)
class Span:
    """From the first character to just behind the last one. Lines and columns count from 1, columns in characters."""

    line: int
    column: int
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """`keys` has the place of the key of each value that has one, `values` that of the value itself.

    `is_complete` is False where reading had to stop: `data` is then not the document's.
    """

    data: Any
    is_complete: bool
    keys: Mapping[Pointer, Span]
    values: Mapping[Pointer, Span]
    problems: tuple[Problem, ...]


class CannotGoOn(Exception):
    """Nothing behind this place can be understood. The problem is already noted."""


class Lines:
    """Turns an offset into a line and a column."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for position, character in enumerate(text):
            if character == "\n":
                self._starts.append(position + 1)

    def span(self, start: int, end: int) -> Span:
        line, column = self._place(start)
        end_line, end_column = self._place(max(start, end))
        return Span(line=line, column=column, end_line=end_line, end_column=end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(kw_only=True)
class Notes:
    """Collects places and problems while a reader goes through a text."""

    keys: dict[Pointer, Span] = field(default_factory=dict)
    values: dict[Pointer, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, span: Span, code: str, message: str, fix: str, *, severity: Any = "error") -> None:
        """Notes it. Raises CannotGoOn when there are so many that the file is of another kind."""
        problem = Problem(code=code, message=message, fix=fix, severity=severity)
        self.problems.append(problem.at("", span.line, span.column, span.end_line, span.end_column))
        if len(self.problems) >= MAX_PROBLEMS:
            raise CannotGoOn

    def value(self, pointer: Pointer, span: Span) -> None:
        self.values[pointer] = span
        if len(self.values) > MAX_VALUES:
            self.stop(span, "too-many-values", f"more than {MAX_VALUES:,} values", "Split the file.")

    def stop(self, span: Span, code: str, message: str, fix: str) -> None:
        self.problem(span, code, message, fix)
        raise CannotGoOn

    def parsed(self, data: Any, *, is_complete: bool) -> Parsed:
        return Parsed(
            data=data,
            is_complete=is_complete,
            keys=self.keys,
            values=self.values,
            problems=tuple(self.problems),
        )
