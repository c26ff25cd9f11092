"""An agent's last message: the answer in it, and what is wrong with that.

Beyond its schema: every reference to evidence leads somewhere, a time was measured and stands in the answer of a tool,
and a migration that is said to be written was written in this task.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from orchestrator.contract import objects, proofs
from orchestrator.contract.definition import Contract
from orchestrator.contract.figures import Measured
from orchestrator.contract.ledger import Run
from orchestrator.contract.objects import Found
from orchestrator.contract.schema import Schemas
from orchestrator.contract.written import Files

MOST_FAULTS = 8
LONGEST_FAULT = 400
# Objects of one message that are looked at, from the last one back, and faults of one that are counted.
MOST_OBJECTS = 50
MOST_COUNTED = 200
_TIMES = ("before_ms", "after_ms")
_CHANGES = ("indexes_added", "constraints_added")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`faults` are what is wrong, each with its place and enough to mend it; empty if nothing is."""

    answer: Mapping[str, Any] | None
    faults: list[str]


def judged(text: str, contract: Contract, run: Run, *, plugin: Path, project: Path) -> Judged:
    """The last object without a fault; where all have some, the last of those with the fewest.

    An object that has nothing of an answer is taken only where there is no other: it is an example.
    """
    schemas, check = Schemas(plugin / "schemas"), _Check(run, project)
    best, least = Judged(answer=None, faults=["there is no JSON object in the last message"]), (True, MOST_COUNTED + 1)
    for found in reversed(objects.found_in(text)[-MOST_OBJECTS:]):
        faults = _faults(found, contract, schemas, check)
        if not faults:
            return Judged(answer=found.value, faults=[])
        is_example = not found.value.keys() & schemas.keys(contract.output_schema)
        if (is_example, len(faults)) < least:
            best, least = Judged(answer=found.value, faults=faults), (is_example, len(faults))
    return Judged(answer=best.answer, faults=[_short(fault) for fault in best.faults[:MOST_FAULTS]])


def _faults(found: Found, contract: Contract, schemas: Schemas, check: _Check) -> list[str]:
    broken = [*found.faults, *islice(schemas.every_fault(found.value, contract.output_schema), MOST_COUNTED)]
    return broken[:MOST_COUNTED] or [*islice(check.faults(found.value), MOST_COUNTED)]


def _short(fault: str) -> str:
    return fault if len(fault) <= LONGEST_FAULT else fault[: LONGEST_FAULT - 1] + "…"


def migration(name: str, project: Path) -> Path | None:
    """The file of this name, or of this path, in the project."""
    return next(iter(Files(project).named(name)), None)


class _Check:
    """What an answer has to keep beyond its schema. Numbers and files are read once for all objects of a message."""

    def __init__(self, run: Run, project: Path) -> None:
        self._run = run
        self._since = run.since()
        self._measured = Measured(run.figures())
        self._files = Files(project)
        self._project = project

    def faults(self, answer: Mapping[str, Any]) -> Iterator[str]:
        yield from _evidence(answer)
        yield from _definitions(answer)
        yield from self._times(answer)
        for index, name in enumerate(answer.get("migrations_created", ())):
            if fault := self._file_fault(name):
                yield f"migrations_created/{index}: {fault}"

    def _times(self, answer: Mapping[str, Any]) -> Iterator[str]:
        kinds = {each["id"]: each["kind"] for each in answer.get("evidence", ())}
        for index, entry in enumerate(answer.get("performance_findings", ())):
            given = {key: entry[key] for key in _TIMES if entry[key] is not None}
            if given and "measured" not in {kinds.get(each) for each in entry["evidence"]}:
                yield f"performance_findings/{index}: a time needs evidence of the kind measured; one without is null"
            for key, value in given.items():
                if not self._measured.holds(value):
                    yield (
                        f"performance_findings/{index}/{key}: no tool of this task answered {value}; copy the number"
                        " from the tool that measured, not from a file that was read, or write null"
                    )

    def _file_fault(self, name: str) -> str:
        found = self._files.named(name)
        if not found:
            return f"there is no file {name} in the project; a path starts at the project's folder"
        if len(found) > 1:
            named = " and ".join(str(each.relative_to(self._project)) for each in found[:2])
            return f"{len(found)} files have the name {name}; write its path, such as {named}"
        if self._is_older(found[0]):
            return f"{name} is older than this task; name the files that were written in it"
        return ""

    def _is_older(self, path: Path) -> bool:
        try:
            changed = proofs.moment(path.stat().st_mtime)[:19]
        except OSError:
            return False
        return changed < self._since and not self._run.has_written(path.name)


def _evidence(answer: Mapping[str, Any]) -> Iterator[str]:
    ids = Counter(each["id"] for each in answer.get("evidence", ()))
    yield from (f"evidence: {each} is there twice" for each in sorted(ids) if ids[each] > 1)
    for key in (*_CHANGES, "performance_findings"):
        for index, entry in enumerate(answer.get(key, ())):
            for each in entry.get("evidence", ()):
                if each not in ids:
                    yield f"{key}/{index}: there is no evidence {each}"


def _definitions(answer: Mapping[str, Any]) -> Iterator[str]:
    for key in _CHANGES:
        for index, entry in enumerate(answer.get(key, ())):
            if not entry["definition"].strip():
                yield f"{key}/{index}/definition: it is blank; write the statement"
