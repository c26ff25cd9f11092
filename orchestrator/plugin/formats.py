"""A document held against the schema of its kind, and against the checks for what a schema cannot say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orchestrator.plugin import paths, record
from orchestrator.plugin.problems import Problem
from orchestrator.plugin.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.problems import Severity
    from orchestrator.plugin.surroundings import Surroundings

# What the client passes over while it uses the rest of the file. Anywhere else a key too many is an error.
_PASSED_OVER: dict[str, Severity] = dict.fromkeys(("hooks", "plugin", "marketplace", "mcp-servers"), "warning")
# The client refuses a manifest for a key too many below these.
_REFUSED_IN = (("userConfig",),)
# Where one of these stands, what the schema says of the same place or below it is said already, and better.
_WHOLE = "hooks-wrapper"
_SAYS_IT_BETTER = frozenset(
    {
        "agents-as-folder",
        "bare-plugin-source",
        "case-without-graders",
        "flat-hook",
        _WHOLE,
        "ignored-guard-key",
        "path-out-of-plugin",
        "reserved-plugin-name",
        "unknown-event",
    }
)


def problems(document: DataFile, around: Surroundings) -> list[Problem]:
    """Everything that is wrong with the document, the faults of reading it first."""
    found = list(document.problems)
    if not document.is_complete:
        return found
    checked = [each for check in record.of(document.kind) for each in check.problems(document, document, around)]
    said = [() if each.code == _WHOLE else each.pointer for each in checked if each.code in _SAYS_IT_BETTER]
    places = {(each.line, each.column) for each in found}
    for problem in map(document.locate, _by_schema(document)):
        is_said = any(problem.pointer[: len(pointer)] == pointer for pointer in said)
        # A value that could not be read has a stand-in, which is not the author's.
        if not is_said and (problem.line, problem.column) not in places:
            found.append(_weighed(problem, document))
    return found + checked


def known_keys(document: DataFile) -> tuple[str, ...]:
    """The keys at the top of the document that the client reads."""
    return tuple(key for key in document.mapping if key in _properties(document))


def unknown_keys(document: DataFile) -> tuple[str, ...]:
    known = _properties(document)
    return tuple(key for key in document.mapping if known and key not in known)


def _properties(document: DataFile) -> Mapping[str, object]:
    if document.kind not in paths.schema_names():
        return {}
    properties: Mapping[str, object] = paths.schema(document.kind)["properties"]
    return properties


def _weighed(problem: Problem, document: DataFile) -> Problem:
    if problem.code != "unknown-key" or problem.pointer[:1] in _REFUSED_IN:
        return problem
    return replace(problem, severity=_PASSED_OVER.get(document.kind, "error"))


def _by_schema(document: DataFile) -> Iterator[Problem]:
    if document.kind == "data":
        yield from _by_its_own_schema(document)
    elif document.kind == "mcp-servers" and document.mapping and "mcpServers" not in document.mapping:
        for each in validate({"mcpServers": document.data}, document.kind):
            yield replace(each, pointer=each.pointer[1:])
    elif document.kind in paths.schema_names():
        yield from validate(document.data, document.kind)


def _by_its_own_schema(document: DataFile) -> Iterator[Problem]:
    """Documents that we write name their schema."""
    name = document.mapping.get("schema")
    if not isinstance(name, str):
        return
    if name in paths.schema_names():
        yield from validate(document.data, name)
        return
    fix = "Correct the name, or leave it if the document is not ours."
    message = f'no schema is called "{name}": the document is not held against one'
    yield Problem(code="unknown-document-schema", message=message, fix=fix, severity="note", pointer=("schema",))
