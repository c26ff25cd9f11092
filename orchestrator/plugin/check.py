"""Every file of agents and skills held against its schema, the client and the other files."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orchestrator.plugin import definitions, documents, formats, frontmatter, gather, host, record, surroundings
from orchestrator.plugin.problems import SEVERITIES, DefinitionError, Problem
from orchestrator.plugin.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.gather import Found
    from orchestrator.plugin.host import Kind, Prediction, Scope
    from orchestrator.plugin.surroundings import Surroundings

_OF_A_FOLDER = "host-folder-names-skill"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One file that was read. `name` and `version` are None where the header could not be read."""

    file: str
    kind: str
    name: str | None
    version: str | None
    sha256: str
    loads: tuple[str, ...]
    ignores: tuple[str, ...]
    prediction: Prediction | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "kind": self.kind,
            "name": self.name,
            "version": self.version,
            "sha256": self.sha256,
            "host": {
                "loads": list(self.loads),
                "ignores": list(self.ignores),
                "prediction": _prediction_json(self.prediction) if self.prediction else None,
            },
        }


def _prediction_json(found: Prediction) -> dict[str, object]:
    return {
        "client_version": found.client_version,
        "is_loaded": found.loads,
        "name": found.name or None,
        "tools": None if found.tools is None else list(found.tools),
        "model": found.model or None,
        "dropped": [{"key": str(key), "value": str(value), "why": why} for key, value, why in found.dropped],
    }


@dataclass(kw_only=True)
class Report:
    checked: list[Checked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing has to be done: notes are worth knowing, and no more."""
        return all(problem.severity == "note" for problem in self.problems)

    def as_json(self) -> dict[str, object]:
        return {
            "schema": "agents-check",
            "clean": self.is_clean,
            "counts": {each: sum(found.severity == each for found in self.problems) for each in SEVERITIES},
            "checked": [entry.as_json() for entry in self.checked],
            "findings": [problem.as_json() for problem in self.problems],
        }


def check(root: Path, only: Sequence[Path] = (), tell: Callable[[int, int], None] | None = None) -> Report:
    """What is wrong with the agents and skills of the plugin in `root`.

    With `only`, those files or folders are checked instead; names they mention are looked up in what they belong to
    and in our own plugin. Raises UsageError if a path does not exist or holds no agent and no skill.
    """
    report = Report()
    around = functools.cache(surroundings.under)
    whole: dict[Path, Surroundings] = {}
    listed = gather.named(only) if only else gather.plugin(root)
    for number, found in enumerate(listed, start=1):
        if tell is not None:
            tell(number, len(listed))
        kind, folder = surroundings.place(found.path) if only else ("plugin", root)
        tree = around(folder, kind)
        if not only or any(path in (folder, *folder.parents) for path in only):
            whole[folder] = tree
        _check_file(found, root, tree, report)
    for tree in whole.values():
        report.problems += _tree_problems(tree, root)
    report.problems.sort(key=_order)
    return report


def _check_file(found: Found, root: Path, around: Surroundings, report: Report) -> None:
    if found.kind not in ("agent", "skill"):
        _check_document(found, root, around, report)
        return
    one = definitions.agent if found.kind == "agent" else definitions.skill
    try:
        definition = one(found.path, root, frontmatter.read_leniently)
    except DefinitionError as error:
        report.problems += error.problems
        report.checked += _unread(found, root)
        return
    document = definition.document
    predicted = host.predict(document, _kind(found), _scope(around))
    report.problems += _definition_problems(definition, found.kind, around, predicted)
    report.checked.append(
        Checked(
            file=document.file,
            kind=found.kind,
            name=definition.name,
            version=definition.version or None,
            sha256=definition.sha256,
            loads=tuple(key for key in document.data if key not in predicted.ignored),
            ignores=tuple(predicted.ignored),
            prediction=predicted,
        )
    )


def of_text(text: str, found: Found, root: Path, around: Surroundings) -> tuple[Problem, ...]:
    """What would be wrong with the agent or skill `found` if its file held `text`."""
    try:
        definition = definitions.from_text(text, found.path, root)
    except DefinitionError as error:
        return error.problems
    predicted = host.predict(definition.document, _kind(found), _scope(around))
    return tuple(sorted(_definition_problems(definition, found.kind, around, predicted), key=_order))


def _kind(found: Found) -> Kind:
    return "agent" if found.kind == "agent" else "skill"


def _order(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line, problem.column, problem.code


def _scope(around: Surroundings) -> Scope:
    """A file that stands alone is judged as one of a project, where most of its keys work."""
    return "plugin" if around.kind == "plugin" else "project"


def _definition_problems(
    definition: AgentDefinition | SkillDefinition, kind: str, around: Surroundings, predicted: Prediction
) -> list[Problem]:
    document = definition.document
    faults = _schema_problems(definition, kind)
    named = {problem.pointer[:1] for problem in faults}
    # What the schema says of a key, it says better than what the client does with the value. The folder of a file that
    # stands alone is not yet that of a skill.
    foreseen = [
        problem
        for problem in predicted.problems
        if problem.pointer[:1] not in named - {()} and (around.kind != "alone" or problem.code != _OF_A_FOLDER)
    ]
    checked = [problem for check_ in record.of(kind) for problem in check_.problems(definition, document, around)]
    return [*document.problems, *faults, *foreseen, *checked]


def _check_document(found: Found, root: Path, around: Surroundings, report: Report) -> None:
    file = definitions.shown(found.path, root)
    document = documents.read(found.path, file)
    report.problems += formats.problems(document, around)
    name = document.mapping.get("name")
    report.checked.append(
        Checked(
            file=file,
            kind=document.kind,
            name=name if isinstance(name, str) else None,
            version=None,
            sha256=document.sha256 or definitions.digest(found.path.read_bytes()),
            loads=formats.known_keys(document),
            ignores=formats.unknown_keys(document),
        )
    )


def _unread(found: Found, root: Path) -> Iterator[Checked]:
    """The file with the hash of its bytes; nothing for one that cannot be opened."""
    with contextlib.suppress(OSError), found.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        shown = definitions.shown(found.path, root)
        yield Checked(file=shown, kind=found.kind, name=None, version=None, sha256=digest, loads=(), ignores=())


def _schema_problems(definition: AgentDefinition | SkillDefinition, name: str) -> list[Problem]:
    """Only a file with a contract is held to the whole schema: any other is the client's, and judged by it."""
    if not definition.is_contract:
        return []
    return [definition.document.locate(problem) for problem in validate(definition.document.data, name)]


@dataclass(frozen=True, kw_only=True)
class _Manifest:
    """Where what concerns a whole plugin is reported."""

    file: str

    def locate(self, problem: Problem) -> Problem:
        return problem.at(self.file, 1, 1)


def _tree_problems(around: Surroundings, root: Path) -> Iterator[Problem]:
    placed = _Manifest(file=definitions.shown(around.root / surroundings.MANIFEST, root))
    for check_ in record.of("tree"):
        yield from check_.problems(None, placed, around)
