"""Every file of agents and skills held against its schema and against the other files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from orchestrator.model.errors import UsageError
from orchestrator.plugin import crosscheck, definitions, host
from orchestrator.plugin.problems import DefinitionError, Problem
from orchestrator.plugin.validation import validate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.frontmatter import Document

BODY_WORDS = 900
SKILL_LINES = 500


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One file that was read. `name` and `version` are None where the header could not be read."""

    file: str
    kind: Literal["agent", "skill", "lexicon"]
    name: str | None
    version: str | None
    sha256: str
    loads: tuple[str, ...]
    ignores: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "kind": self.kind,
            "name": self.name,
            "version": self.version,
            "sha256": self.sha256,
            "host": {"loads": list(self.loads), "ignores": list(self.ignores)},
        }


@dataclass(kw_only=True)
class Report:
    checked: list[Checked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "schema": "agents-check",
            "clean": not self.problems,
            "checked": [entry.as_json() for entry in self.checked],
            "findings": [problem.as_json() for problem in self.problems],
        }


def check(root: Path, only: Sequence[Path] = ()) -> Report:
    """What is wrong with the agents and skills under `root`.

    With `only`, those files or folders are checked instead; names they mention are looked up there and under `root`.
    Raises UsageError if a path does not exist or holds no agent and no skill.
    """
    report = Report()
    agents, skills = _read(root, *_collect(root, only), report)
    known = crosscheck.Known.under(root, also=(agents, skills))
    for agent in agents:
        report.problems += _agent_problems(agent)
        report.problems += crosscheck.agent(agent, known)
    for skill in skills:
        report.problems += _skill_problems(skill)
        report.problems += crosscheck.skill(skill, known)
    report.problems += crosscheck.duplicates(agents)
    report.problems.sort(key=lambda problem: (problem.file, problem.line, problem.column, problem.code))
    return report


def _collect(root: Path, only: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    if not only:
        return list(definitions.agent_paths(root)), list(definitions.skill_paths(root))
    agents: list[Path] = []
    skills: list[Path] = []
    for path in only:
        found = [path] if path.is_file() else sorted(path.rglob("*.md"))
        named = [file for file in found if file.name == "SKILL.md"]
        others = [file for file in found if file.name != "SKILL.md" and "references" not in file.parts]
        if not named and not others:
            what = "holds no agent and no skill file" if path.exists() else "does not exist"
            raise UsageError(f"{path} {what}", hint="Name an agent file, a SKILL.md or a folder of them.")
        skills += named
        agents += others
    return agents, skills


def _read(
    root: Path, agent_files: Sequence[Path], skill_files: Sequence[Path], report: Report
) -> tuple[list[AgentDefinition], list[SkillDefinition]]:
    agents: list[AgentDefinition] = []
    skills: list[SkillDefinition] = []
    for path in agent_files:
        try:
            agents.append(definitions.agent(path, root))
            report.checked.append(_checked("agent", agents[-1]))
        except DefinitionError as error:
            report.problems += error.problems
            report.checked.append(_unread("agent", path, root))
    for path in skill_files:
        try:
            skills.append(definitions.skill(path, root))
            report.checked.append(_checked("skill", skills[-1]))
        except DefinitionError as error:
            report.problems += error.problems
            report.checked.append(_unread("skill", path, root))
    return agents, skills


def _checked(kind: Literal["agent", "skill"], found: AgentDefinition | SkillDefinition) -> Checked:
    keys = [str(key) for key in found.document.data]
    return Checked(
        file=found.document.file,
        kind=kind,
        name=found.name,
        version=found.version or None,
        sha256=found.sha256,
        loads=host.loaded(kind, keys),
        ignores=host.ignored(kind, keys),
    )


def _unread(kind: Literal["agent", "skill"], path: Path, root: Path) -> Checked:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    file = definitions.shown(path, root)
    return Checked(file=file, kind=kind, name=None, version=None, sha256=digest, loads=(), ignores=())


def _agent_problems(agent: AgentDefinition) -> list[Problem]:
    found = _schema_problems(agent.document, "agent")
    if agent.name != agent.path.stem:
        message = f'the name is "{agent.name}" and the file is {agent.path.name}'
        found.append(
            _at(agent.document, ("name",), "name-not-file", message, f"Rename one: {agent.name}.md, or the name.")
        )
    words = len(agent.document.body.split())
    if words > BODY_WORDS:
        message = f"the body has {words} words, at most {BODY_WORDS} are allowed"
        found.append(_at(agent.document, (), "body-too-long", message, "Move tables to a skill's references."))
    return found


def _skill_problems(skill: SkillDefinition) -> list[Problem]:
    found = _schema_problems(skill.document, "skill")
    if skill.name != skill.path.parent.name:
        message = f'the name is "{skill.name}" and the folder is {skill.path.parent.name}'
        found.append(_at(skill.document, ("name",), "name-not-folder", message, "Rename one of the two."))
    lines = skill.document.body.count("\n")
    if lines > SKILL_LINES:
        message = f"the body has {lines} lines, at most {SKILL_LINES} are allowed"
        found.append(_at(skill.document, (), "body-too-long", message, "Move tables to references/."))
    return found


def _schema_problems(document: Document, name: str) -> list[Problem]:
    return [document.locate(problem) for problem in validate(document.data, name)]


def _at(document: Document, pointer: tuple[str | int, ...], code: str, message: str, fix: str) -> Problem:
    return document.locate(Problem(code=code, message=message, fix=fix, pointer=pointer))
