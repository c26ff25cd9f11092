"""What the client makes of one definition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from orchestrator.plugin.problems import Problem

if TYPE_CHECKING:
    from orchestrator.plugin.frontmatter import Document
    from orchestrator.plugin.host.reading import Reading
    from orchestrator.plugin.problems import Severity

Kind = Literal["agent", "skill"]
Scope = Literal["plugin", "project"]


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """`loads`: the client offers it at all; `starts`: it does not refuse to start it. `tools` is None for all tools.

    `effective` has the values in force by key. `ignored` are keys without any effect, `dropped` values that the client
    does not take: key, value, why.
    """

    client_version: str
    loads: bool
    name: str
    description: str
    tools: tuple[str, ...] | None
    model: str
    effective: dict[str, Any]
    ignored: tuple[str, ...]
    dropped: tuple[tuple[str, object, str], ...]
    problems: tuple[Problem, ...]
    starts: bool = True


@dataclass(kw_only=True)
class Case:
    """A definition that is being judged. `keys` are those that the client reads, `reading` how it got them."""

    document: Document
    kind: Kind
    scope: Scope
    reading: Reading
    effective: dict[str, Any] = field(default_factory=dict)
    starts: bool = True
    ignored: list[str] = field(default_factory=list)
    dropped: list[tuple[str, object, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, Any]:
        return self.reading.keys

    def problem(self, code: str, key: str, message: str, fix: str, severity: Severity = "error") -> None:
        pointer = (key,) if key else ()
        problem = Problem(code=f"host-{code}", message=message, fix=fix, severity=severity, pointer=pointer)
        self.problems.append(self.document.locate(problem))

    def drop(self, key: str, value: object, why: str, fix: str, code: str = "dropped-value") -> None:
        self.dropped.append((key, value, why))
        self.problem(code, key, f"{key}: {shown(value)} is dropped: {why}", fix)


def shown(value: object) -> str:
    """A value as a person would write it on one line, shortened."""
    if value is None:
        return "(nothing)"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value) if not isinstance(value, str) else value
    one_line = " ".join(text.split())
    return f'"{one_line[:57]}…"' if len(one_line) > 60 else f'"{one_line}"'
