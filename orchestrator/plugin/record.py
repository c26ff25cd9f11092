"""A check: one thing that can be wrong with a definition or a document, and how it is found.

A module in `checks/` (or in a folder of it) with a `CHECK` is all that a new check needs.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from orchestrator.plugin import checks
from orchestrator.plugin.problems import Pointer, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from orchestrator.plugin.problems import Severity
    from orchestrator.plugin.surroundings import Surroundings


class Placed(Protocol):
    """What faults are found in: a header with its body, or a JSON or YAML document."""

    @property
    def file(self) -> str: ...
    def locate(self, problem: Problem) -> Problem: ...


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One occurrence. `line` and `column` are those of the file; where `line` is 0 the pointer says the place.

    `severity` and `fix` replace those of the check where this occurrence differs.
    """

    message: str
    pointer: Pointer = ()
    line: int = 0
    column: int = 1
    severity: Severity | None = None
    fix: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """`of` says what `find` is given: "agent" an AgentDefinition, "skill" a SkillDefinition, any other kind a document.

    `why` is what happens to the author if nothing is changed, `mend` what to do, `source` where that stands.
    """

    id: str
    severity: Severity
    of: tuple[str, ...]
    why: str
    mend: str
    find: Callable[[Any, Surroundings], Iterable[Fault]]
    fires_on: tuple[str | Mapping[str, str], ...]
    silent_on: tuple[str | Mapping[str, str], ...]
    source: str = ""

    def problems(self, subject: object, placed: Placed, around: Surroundings) -> Iterator[Problem]:
        """What the check finds in `subject`, at its places in `placed`."""
        for fault in self.find(subject, around):
            problem = Problem(
                code=self.id,
                message=fault.message,
                fix=fault.fix or self.mend,
                severity=fault.severity or self.severity,
                pointer=fault.pointer,
                source=self.source,
            )
            yield problem.at(placed.file, fault.line, fault.column) if fault.line else placed.locate(problem)


@functools.cache
def every() -> tuple[Check, ...]:
    """The checks, by id."""
    return tuple(sorted(_in(checks.__name__, checks.__path__), key=lambda check: check.id))


def of(kind: str) -> tuple[Check, ...]:
    return tuple(check for check in every() if kind in check.of)


def _in(package: str, path: Iterable[str]) -> Iterator[Check]:
    for found in pkgutil.iter_modules(path):
        module = importlib.import_module(f"{package}.{found.name}")
        if found.ispkg:
            yield from _in(module.__name__, module.__path__)
        else:
            yield module.CHECK
