"""Agent and skill definitions as records.

`read_agents` and `read_skills` take the files as they are; `load_agents` and `load_skills` first make sure that every
clause and every name in them holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from orchestrator.plugin import frontmatter, grants, paths
from orchestrator.plugin.problems import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from orchestrator.plugin.frontmatter import Document

    Reader = Callable[[Path, str], Document]

OURS = "x-orchestrate"
Kept = Literal["validated", "enforced", "executed", "proved", "prose"]


@dataclass(frozen=True, kw_only=True)
class Clause:
    id: str
    text: str
    kept: Kept
    by: str | None
    planned: bool


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Tool calls: the usual range, and the number past which the agent is stopped."""

    low: int
    high: int
    cap: int


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    allow: tuple[str, ...]
    forbid: tuple[str, ...]
    dont: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Routing:
    """Raw entries of the file; the router gives them their meaning."""

    about: str
    phrases: tuple[Mapping[str, Any], ...]
    negatives: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class AgentDefinition:
    """`sha256` is that of `digest`, so that a record can say exactly which agent made it."""

    name: str
    version: str
    sha256: str
    description: str
    tools: tuple[str, ...]
    model: str
    skills: tuple[str, ...]
    budgets: Mapping[str, Budget]
    boundaries: Boundaries
    routing: Routing
    receives_from: tuple[str, ...]
    hands_off_to: tuple[str, ...]
    output_schema: str
    clauses: tuple[Clause, ...]
    path: Path
    document: Document

    @property
    def is_contract(self) -> bool:
        return OURS in self.document.data


@dataclass(frozen=True, kw_only=True)
class SkillDefinition:
    name: str
    version: str
    sha256: str
    description: str
    commands: tuple[str, ...]
    playbook: str | None
    path: Path
    document: Document

    @property
    def is_contract(self) -> bool:
        return OURS in self.document.data


def digest(content: bytes) -> str:
    """The SHA-256 of a text file that line ends and a byte order mark do not change."""
    text = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return hashlib.sha256(text).hexdigest()


def agent_paths(root: Path) -> tuple[Path, ...]:
    return tuple(sorted((root / "agents").rglob("*.md")))


def skill_paths(root: Path) -> tuple[Path, ...]:
    return tuple(sorted((root / "skills").glob("*/SKILL.md")))


def read_agents(root: Path | None = None) -> tuple[AgentDefinition, ...]:
    """The agents under `root`, by name, without checking them. Raises DefinitionError where a header is not YAML."""
    top = root or paths.root()
    return tuple(sorted((agent(path, top) for path in agent_paths(top)), key=lambda found: found.name))


def read_skills(root: Path | None = None) -> tuple[SkillDefinition, ...]:
    top = root or paths.root()
    return tuple(skill(path, top) for path in skill_paths(top))


def load_agents(root: Path | None = None) -> tuple[AgentDefinition, ...]:
    """The agents under `root`, by name, all of them sound. Raises DefinitionError with every error found."""
    _refuse_unsound(root or paths.root())
    return read_agents(root)


def load_skills(root: Path | None = None) -> tuple[SkillDefinition, ...]:
    _refuse_unsound(root or paths.root())
    return read_skills(root)


def load_agent(name: str, root: Path | None = None) -> AgentDefinition:
    return find(load_agents(root), name)


def find(agents: Sequence[AgentDefinition], name: str) -> AgentDefinition:
    from orchestrator.model.errors import UsageError

    for candidate in agents:
        if candidate.name == name:
            return candidate
    known = ", ".join(candidate.name for candidate in agents) or "none"
    raise UsageError(f'unknown agent "{name}"', hint=f"Known agents: {known}.")


def _refuse_unsound(root: Path) -> None:
    from orchestrator.plugin import check

    report = check.check(root)
    # A fault of the manifest or of a hook is another matter: the definitions are read without them.
    ours = {entry.file for entry in report.checked if entry.kind in ("agent", "skill")}
    errors = [problem for problem in report.problems if problem.severity == "error" and problem.file in ours]
    if errors:
        raise DefinitionError(errors)


def shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def agent(path: Path, root: Path, read: Reader = frontmatter.read) -> AgentDefinition:
    """The agent in `path`. A key that is missing or of the wrong type reads as empty: `check` is what refuses it."""
    return _agent(read(path, shown(path, root)), path)


def skill(path: Path, root: Path, read: Reader = frontmatter.read) -> SkillDefinition:
    return _skill(read(path, shown(path, root)), path)


def from_text(text: str, path: Path, root: Path) -> AgentDefinition | SkillDefinition:
    """The definition that `text` is where it stands in `path`. Raises DefinitionError for what is no text."""
    one = _skill if path.name == "SKILL.md" else _agent
    return one(frontmatter.parse_leniently(text, shown(path, root)), path)


def _agent(document: Document, path: Path) -> AgentDefinition:
    ours = _mapping(document.data.get(OURS))
    return AgentDefinition(
        name=_text(document.data.get("name")) or path.stem,
        version=_text(ours.get("version")),
        sha256=document.source.sha256,
        description=_text(document.data.get("description")),
        tools=grants.listed(document.data.get("tools")),
        model=_text(document.data.get("model")),
        skills=grants.listed(document.data.get("skills")),
        budgets=_budgets(ours.get("budgets")),
        boundaries=_boundaries(_mapping(ours.get("boundaries"))),
        routing=_routing(_mapping(ours.get("routing"))),
        receives_from=_texts(ours.get("receives_from")),
        hands_off_to=_texts(ours.get("hands_off_to")),
        output_schema=_text(ours.get("output_schema")),
        clauses=tuple(_clause(entry) for entry in _mappings(ours.get("clauses"))),
        path=path,
        document=document,
    )


def _skill(document: Document, path: Path) -> SkillDefinition:
    ours = _mapping(document.data.get(OURS))
    return SkillDefinition(
        name=_text(document.data.get("name")) or path.parent.name,
        version=_text(ours.get("version")),
        sha256=document.source.sha256,
        description=_text(document.data.get("description")),
        commands=_texts(ours.get("commands")),
        playbook=_text(ours.get("playbook")) or None,
        path=path,
        document=document,
    )


def _boundaries(entry: Mapping[str, Any]) -> Boundaries:
    return Boundaries(
        allow=_texts(entry.get("allow")), forbid=_texts(entry.get("forbid")), dont=_texts(entry.get("dont"))
    )


def _routing(entry: Mapping[str, Any]) -> Routing:
    return Routing(
        about=_text(entry.get("about")),
        phrases=_mappings(entry.get("phrases")),
        negatives=_mappings(entry.get("negatives")),
    )


def _budgets(value: object) -> dict[str, Budget]:
    budgets = {}
    for kind, entry in _mapping(value).items():
        numbers = _mapping(entry).get("range")
        bounds = [*numbers, _mapping(entry).get("cap")] if isinstance(numbers, list) else []
        whole = [each for each in bounds if isinstance(each, int)]
        if len(whole) == len(bounds) == 3:
            budgets[str(kind)] = Budget(low=whole[0], high=whole[1], cap=whole[2])
    return budgets


def _clause(entry: Mapping[str, Any]) -> Clause:
    kept = entry.get("kept")
    known: dict[object, Kept] = {"validated": "validated", "enforced": "enforced"}
    known |= {"executed": "executed", "proved": "proved"}
    return Clause(
        id=_text(entry.get("id")),
        text=" ".join(_text(entry.get("text")).split()),
        kept=known.get(kept, "prose"),
        by=_text(entry.get("by")) or None,
        planned=entry.get("planned") is True,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> tuple[Mapping[str, Any], ...]:
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
