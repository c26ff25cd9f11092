"""One thing that is wrong with a document or a definition, at its place, with the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from orchestrator.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

Severity = Literal["error", "warning", "note"]
Pointer = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`line` and `column` count from 1; 0 means that the document has no lines (a value in memory)."""

    code: str
    message: str
    fix: str
    severity: Severity = "error"
    pointer: Pointer = ()
    file: str = ""
    line: int = 0
    column: int = 0

    def at(self, file: str, line: int, column: int) -> Problem:
        return replace(self, file=file, line=line, column=column)

    @property
    def place(self) -> str:
        if not self.file:
            return "/".join(str(step) for step in self.pointer) or "the document"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.code}: {self.message}"

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "fix": self.fix,
        }


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
