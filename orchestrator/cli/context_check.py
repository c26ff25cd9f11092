"""Every file of a context store held against its schema and against the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchestrator.cli.context import shown_path
from orchestrator.memory import active, decision, files, state
from orchestrator.memory.decision import Decision
from orchestrator.memory.store import ContextStore
from orchestrator.plugin.problems import Problem
from orchestrator.plugin.validation import validate

_REPAIR = "Run orchestrate context repair; it keeps what was there."


def problems(store: ContextStore, project: Path) -> list[Problem]:
    if not store.root.is_dir():
        return []
    found = [*_of_state(store), *_of_decisions(store), *_of_active(store), *_of_runs(store)]
    return [each.at(shown_path(Path(each.file), project), each.line, each.column) for each in found]


def _of_state(store: ContextStore) -> Iterator[Problem]:
    path = store.state_path
    try:
        document = files.read_object(path)
    except files.UnreadableError as error:
        yield _problem("unreadable-file", path, str(error), _REPAIR)
        return
    if document is None:
        return
    if decision.is_newer(document.get("schema_version")):
        yield _newer(path)
    elif state.modernised(document, state.empty(session_id="", now="")) != document:
        yield _problem("older-shape", path, "the state has an older or hand-edited shape", _REPAIR, severity="warning")
    else:
        yield from _by_schema(document, "state", path)


def _of_decisions(store: ContextStore) -> Iterator[Problem]:
    read: list[Decision] = []
    for path in store.decision_files():
        try:
            document = files.read_object(path)
            each = decision.from_document(document or {}, path.name)
        except decision.NewerVersionError:
            yield _newer(path)
        except (files.UnreadableError, ValueError) as error:
            yield _problem("unreadable-file", path, str(error), _REPAIR)
        else:
            read.append(each)
            yield from _by_schema(document, "decision", path)
            yield from _of_one(each, document or {}, path)
    yield from _between(read, store)


def _of_one(each: Decision, document: dict[str, Any], path: Path) -> Iterator[Problem]:
    if document["fingerprint"] != each.fingerprint:
        mend = "Undo the edit, and record a new decision that supersedes this one."
        yield _problem("edited-decision", path, "the decision was changed after it was written", mend)
    if not path.name.startswith(f"{each.id}-"):
        yield _problem("wrong-file-name", path, f"the file holds {each.id}", f"Rename it to {each.id}-….json.")


def _between(read: list[Decision], store: ContextStore) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for each in sorted(read, key=lambda one: (one.created_at, one.file)):
        if each.id in owners:
            message = f"{each.id} is also the number of {owners[each.id]}"
            yield _problem("duplicate-id", store.decisions_path / each.file, message, _REPAIR)
        owners.setdefault(each.id, each.file)
    for each in read:
        for missing in sorted(set(each.supersedes) - owners.keys()):
            mend = f"Restore the file of {missing} from version control."
            yield _problem("dangling-id", store.decisions_path / each.file, f"{missing} does not exist", mend)


def _of_active(store: ContextStore) -> Iterator[Problem]:
    path = store.active_path
    try:
        document = files.read_object(path)
    except files.UnreadableError as error:
        yield _problem("unreadable-file", path, str(error), _REPAIR)
        return
    if document is not None and decision.is_newer(document.get("schema_version")):
        yield _newer(path)
    elif document != active.view(store.active_decisions()) and (document is not None or store.decisions()):
        yield _problem("stale-view", path, "it does not show the decisions in force", _REPAIR, severity="warning")
    elif document is not None:
        yield from _by_schema(document, "decisions-active", path)


def _of_runs(store: ContextStore) -> Iterator[Problem]:
    """The records of subagents. A line that a kill has torn is a note: whoever reads them passes over it."""
    for path in sorted(store.root.glob("runs/agent-*/agent.json")):
        try:
            yield from _by_schema(files.read_object(path), "agent-run", path)
        except files.UnreadableError as error:
            yield _problem("unreadable-file", path, str(error), "Remove the run's folder, or restore the file.")
    for path in sorted(store.root.glob("runs/agent-*/calls.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                event = files.parse_object(line)
            except files.UnreadableError as error:
                torn = _problem("torn-line", path, str(error), "Nothing has to be done.", severity="note")
                yield torn.at(str(path), number, 1)
            else:
                yield from (each.at(str(path), number, 1) for each in _by_schema(event, "call-event", path))


def _by_schema(document: object, schema: str, path: Path) -> Iterator[Problem]:
    for each in validate(document, schema):
        yield _problem(each.code, path, f"{each.place}: {each.message}", each.fix)


def _newer(path: Path) -> Problem:
    return _problem("newer-version", path, "a newer version of orchestrate wrote it", "Upgrade pgwright.")


def _problem(code: str, path: Path, message: str, fix: str, *, severity: Any = "error") -> Problem:
    return Problem(code=code, message=message, fix=fix, severity=severity, file=str(path))
