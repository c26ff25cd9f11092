"""The examples of a plugin: `tests/routes/<agent>.txt`, one request a line.

`request => skill` also names the skill that must come first; a line after `!` must not reach the agent. `none.txt` has
requests for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from orchestrator.router.answer import Route


@dataclass(frozen=True, kw_only=True)
class Line:
    """`file` and `line` say where it stands. `must` is False for a request that must not reach the agent."""

    task: str
    agent: str
    skill: str | None
    must: bool
    file: str
    line: int

    def fault(self, found: Route) -> str | None:
        """What is wrong with the answer, or None."""
        if not self.must:
            return f"reaches {self.agent}" if found.agent == self.agent else None
        if found.agent != self.agent:
            return f"goes to {found.agent} instead of {self.agent} ({found.decided_by})"
        first = found.skills[0].name if found.skills else "none"
        if self.skill and first != self.skill:
            return f"has the skill {first} first instead of {self.skill}"
        return None


def read(root: Path) -> list[Line]:
    """The lines of every file, none where the plugin has no such folder."""
    return [
        _line(text.strip(), path, number)
        for path in sorted((root / "tests" / "routes").glob("*.txt"))
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if text.strip() and not text.startswith("#")
    ]


def _line(text: str, path: Path, number: int) -> Line:
    task, _, skill = text.removeprefix("!").strip().partition(" => ")
    must = not text.startswith("!")
    return Line(
        task=task, agent=path.stem, skill=skill or None, must=must, file=f"tests/routes/{path.name}", line=number
    )
