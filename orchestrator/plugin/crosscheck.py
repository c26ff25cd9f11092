"""Names that one definition uses and another file must have, and examples that must satisfy their schema."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.plugin import definitions, paths
from orchestrator.plugin.problems import DefinitionError, Pointer, Problem
from orchestrator.plugin.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from orchestrator.plugin.definitions import AgentDefinition, Clause, SkillDefinition

# Codes of `agents check` that a clause may name as what keeps it.
CODES = frozenset(
    {"unknown-skill", "unknown-agent", "unknown-schema", "ungranted-tool", "example-invalid", "one-sided-hand-off"}
    | {"unknown-clause", "unknown-keeper", "budget-order", "allow-and-forbid", "duplicate-agent", "name-not-file"}
    | {
        "missing-key",
        "unknown-key",
        "wrong-type",
        "bad-value",
        "unknown-value",
        "name-not-folder",
        "missing-file",
        "unknown-command",
    }
)
_TOOL = re.compile(r"\bmcp__[a-z0-9_-]+?__[a-z0-9_*-]+")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
_JSON = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Known:
    """Names that may be mentioned; a skill goes by its folder, as in the client.

    `receives` has, for each agent, whom it says it receives from.
    """

    root: Path
    agents: frozenset[str]
    skills: frozenset[str]
    receives: Mapping[str, tuple[str, ...]]

    @classmethod
    def under(cls, root: Path, also: tuple[Sequence[AgentDefinition], Sequence[SkillDefinition]]) -> Known:
        agents = {found.name: found for found in (*_readable(root), *also[0])}
        return cls(
            root=root,
            agents=frozenset(agents),
            skills=frozenset(path.parent.name for path in (*definitions.skill_paths(root), *(s.path for s in also[1]))),
            receives={name: found.receives_from for name, found in agents.items()},
        )


def _readable(root: Path) -> Iterator[AgentDefinition]:
    for path in definitions.agent_paths(root):
        try:
            yield definitions.agent(path, root)
        except DefinitionError:  # reported where the file itself is checked
            continue


def agent(found: AgentDefinition, known: Known) -> list[Problem]:
    problems = [*_names(found, known), *_hand_offs(found, known), *_tools(found), *_boundaries(found)]
    for index, clause in enumerate(found.clauses):
        problems += _clause(found, index, clause, known)
    return [*problems, *_clause_ids(found), *_budgets(found), *_example(found, known)]


def skill(found: SkillDefinition, known: Known) -> list[Problem]:
    problems = []
    if found.playbook and not _exists(found.playbook, known):
        message = f"{found.playbook} does not exist"
        fix = "Name what does the work today, or remove the key."
        pointer: Pointer = ("x-orchestrate", "playbook")
        problem = Problem(code="unknown-playbook", message=message, fix=fix, pointer=pointer)
        problems.append(found.document.locate(problem))
    for index, command in enumerate(found.commands):
        if not (paths.PACKAGE / "cli" / f"{command.removeprefix('orchestrate ')}.py").is_file():
            pointer = ("x-orchestrate", "commands", index)
            fix = "Name a command that exists today."
            problem = Problem(code="unknown-command", message=f"there is no {command}", fix=fix, pointer=pointer)
            problems.append(found.document.locate(problem))
    for match in _LINK.finditer(found.document.body):
        if not (found.path.parent / match[1]).is_file():
            problems.append(
                Problem(
                    code="missing-file",
                    message=f"{match[1]} does not exist",
                    fix="Write the file, or remove the link.",
                    file=found.document.file,
                    line=found.document.body_line + found.document.body[: match.start()].count("\n"),
                    column=1,
                )
            )
    return problems


def duplicates(agents: Sequence[AgentDefinition]) -> list[Problem]:
    counted = Counter(found.name for found in agents)
    return [
        _at(found, ("name",), "duplicate-agent", f'"{found.name}" is defined twice', "Keep one of the two.")
        for found in agents
        if counted[found.name] > 1
    ]


def _names(found: AgentDefinition, known: Known) -> Iterator[Problem]:
    for index, name in enumerate(found.skills):
        if name not in known.skills:
            fix = f"Write skills/{name}/SKILL.md, or remove the name."
            yield _at(found, ("skills", index), "unknown-skill", f'there is no skill "{name}"', fix)
    for key, names in (("receives_from", found.receives_from), ("hands_off_to", found.hands_off_to)):
        for index, name in enumerate(names):
            if name not in known.agents:
                fix = f"Use one of: {', '.join(sorted(known.agents))}."
                message = f'there is no agent "{name}"'
                yield _at(found, ("x-orchestrate", key, index), "unknown-agent", message, fix)
    if found.output_schema and not (known.root / found.output_schema).is_file():
        fix = f"Use one of: {', '.join(paths.schema_names())}."
        message = f"{found.output_schema} does not exist"
        yield _at(found, ("x-orchestrate", "output_schema"), "unknown-schema", message, fix)


def _hand_offs(found: AgentDefinition, known: Known) -> Iterator[Problem]:
    for index, name in enumerate(found.hands_off_to):
        if name in known.agents and found.name not in known.receives[name]:
            message = f'"{name}" does not say that it receives from "{found.name}"'
            fix = f"Add {found.name} to receives_from of {name}."
            yield _at(found, ("x-orchestrate", "hands_off_to", index), "one-sided-hand-off", message, fix)


def _tools(found: AgentDefinition) -> Iterator[Problem]:
    for match in _TOOL.finditer(found.document.body):
        server = match[0].rsplit("__", 1)[0]
        if not {match[0], server, f"{server}__*"} & set(found.tools):
            line = found.document.body_line + found.document.body[: match.start()].count("\n")
            problem = Problem(
                code="ungranted-tool",
                message=f"the body names {match[0]}, and tools does not grant it",
                fix=f"Add {match[0]} to tools, or remove it from the body.",
            )
            yield problem.at(found.document.file, line, 1)


def _boundaries(found: AgentDefinition) -> Iterator[Problem]:
    ours = ("x-orchestrate", "boundaries")
    for index, glob in enumerate(found.boundaries.allow):
        if glob in found.boundaries.forbid:
            message = f"{glob} is both allowed and forbidden"
            yield _at(found, (*ours, "allow", index), "allow-and-forbid", message, "Keep it in one of the two.")
    ids = {clause.id for clause in found.clauses}
    for index, name in enumerate(found.boundaries.dont):
        if name not in ids:
            fix = "Add the clause, or correct the id."
            yield _at(found, (*ours, "dont", index), "unknown-clause", f'there is no clause "{name}"', fix)


def _clause(found: AgentDefinition, index: int, clause: Clause, known: Known) -> Iterator[Problem]:
    if clause.by and not _exists(clause.by, known):
        message = f'clause "{clause.id}" is kept by {clause.by}, which does not exist'
        fix = "Name what keeps it today, or mark it prose."
        yield _at(found, ("x-orchestrate", "clauses", index, "by"), "unknown-keeper", message, fix)


def _exists(keeper: str, known: Known) -> bool:
    kind, _, name = keeper.partition(":")
    if kind == "check":
        return name in CODES
    if kind == "schema":
        return (known.root / "schemas" / f"{name.split('#')[0]}.schema.json").is_file()
    if kind == "playbook":
        return name in known.skills
    if kind == "hook":
        return (known.root / name).is_file()
    target = (f"orchestrator.cli.{name}" if kind == "command" else name).removeprefix("orchestrator.")
    path = paths.PACKAGE.joinpath(*target.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _clause_ids(found: AgentDefinition) -> Iterator[Problem]:
    first: set[str] = set()
    for index, clause in enumerate(found.clauses):
        if clause.id in first:
            pointer = ("x-orchestrate", "clauses", index, "id")
            yield _at(found, pointer, "duplicate-clause", f'"{clause.id}" is used twice', "Rename one of the two.")
        first.add(clause.id)


def _budgets(found: AgentDefinition) -> Iterator[Problem]:
    for kind, budget in found.budgets.items():
        if not budget.low <= budget.high <= budget.cap:
            message = f"{kind} goes from {budget.low} to {budget.high} with a cap of {budget.cap}"
            pointer = ("x-orchestrate", "budgets", kind)
            yield _at(found, pointer, "budget-order", message, "Order them: from <= to <= cap.")


def _example(found: AgentDefinition, known: Known) -> Iterator[Problem]:
    match = _JSON.search(found.document.body)
    name = found.output_schema.removeprefix("schemas/").removesuffix(".schema.json")
    if match is None or not (known.root / found.output_schema).is_file() or name not in paths.schema_names():
        return
    line = found.document.body_line + found.document.body[: match.start()].count("\n")
    try:
        example = json.loads(match[1])
    except ValueError as error:
        problem = Problem(code="example-invalid", message=f"the example is not JSON: {error}", fix="Correct it.")
        yield problem.at(found.document.file, line, 1)
        return
    for fault in validate(example, name):
        message = f"the example output at {fault.place}: {fault.message}"
        problem = Problem(code="example-invalid", message=message, fix=fault.fix)
        yield problem.at(found.document.file, line, 1)


def _at(found: AgentDefinition, pointer: Pointer, code: str, message: str, fix: str) -> Problem:
    return found.document.locate(Problem(code=code, message=message, fix=fix, pointer=pointer))
