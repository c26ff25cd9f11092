"""One thing that is wrong with a document or a definition, at its place, with the way to mend it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from orchestrator.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

Severity = Literal["error", "warning", "note"]
Pointer = tuple[str | int, ...]

# From the worst to the mildest.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_LINE_NUMBER = re.compile(r"\b(lines?|columns?) \d+")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`line` and `column` count from 1, in characters; 0 means that the document has no lines (a value in memory).

    `end_line` and `end_column` are the place just behind the last character, 0 where only the start is known.
    `source` is a link to where the rule stands.
    """

    code: str
    message: str
    fix: str
    severity: Severity = "error"
    pointer: Pointer = ()
    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    source: str = ""

    def at(self, file: str, line: int, column: int, end_line: int = 0, end_column: int = 0) -> Problem:
        return replace(self, file=file, line=line, column=column, end_line=end_line, end_column=end_column)

    @property
    def place(self) -> str:
        if not self.file:
            return "/".join(str(step) for step in self.pointer) or "the document"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    @property
    def fingerprint(self) -> str:
        """The same for the same fault after lines or list items were added above it, or the file was moved.

        32 hexadecimal digits. A message may name a line; that number does not count.
        """
        keys = (step for step in self.pointer if isinstance(step, str))
        parts = (self.code, "/".join(keys), _LINE_NUMBER.sub(r"\1 ?", self.message))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.code}: {self.message}"

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line or None,
            "end_column": self.end_column or None,
            "message": self.message,
            "fix": self.fix,
            "source": self.source or None,
            "fingerprint": self.fingerprint,
        }


def is_at_least(severity: Severity, limit: Severity) -> bool:
    """Whether `severity` is as bad as `limit`, or worse."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(limit)


class DefinitionError(UsageError):
    """Agent or skill files that cannot be trusted. `problems` has every error, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"{first.place}: {first.code}: {first.message}{more}",
            detail="\n".join(str(problem) for problem in problems[1:]),
            hint=first.fix,
        )
        self.problems = tuple(problems)
