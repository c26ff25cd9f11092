"""An agent's last message: the JSON object in it, and what is wrong with that object.

Beyond its schema: every reference to evidence leads somewhere, a time was measured and stands in the answer of a tool,
and a migration that is said to be written is there.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestrator.contract.definition import Contract
from orchestrator.contract.ledger import Run
from orchestrator.contract.schema import Schemas

MOST_FAULTS = 8
MOST_FILES = 50_000
MOST_TRIES = 2_000
_SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__"})
_TIMES = ("before_ms", "after_ms")
_SCALES = (1.0, 1000.0, 0.001)  # a tool may have said seconds or microseconds


def found_in(text: str) -> dict[str, Any] | None:
    """The last JSON object that stands in the text by itself, in a code block or not."""
    decoder = json.JSONDecoder(parse_constant=_refused)
    found: dict[str, Any] | None = None
    at, tries = text.find("{"), 0
    while at >= 0 and tries < MOST_TRIES:
        tries += 1
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            found = value if isinstance(value, dict) else found
        at = text.find("{", end)
    return found


def _refused(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def faults(answer: Mapping[str, Any] | None, contract: Contract, run: Run, *, plugin: Path, project: Path) -> list[str]:
    """What is wrong, each with its place and enough to mend it; empty if nothing is."""
    if answer is None:
        return ["there is no JSON object in the last message"]
    broken = Schemas(plugin / "schemas").faults(answer, contract.output_schema)
    if broken:
        return broken[:MOST_FAULTS]
    return [*_evidence(answer), *_times(answer, run.figures()), *_files(answer, project)][:MOST_FAULTS]


def _evidence(answer: Mapping[str, Any]) -> Iterator[str]:
    ids = [each["id"] for each in answer.get("evidence", ())]
    yield from (f"evidence: {each} is there twice" for each in sorted({each for each in ids if ids.count(each) > 1}))
    for key in ("indexes_added", "constraints_added", "performance_findings"):
        for index, entry in enumerate(answer.get(key, ())):
            for each in entry.get("evidence", ()):
                if each not in ids:
                    yield f"{key}/{index}: there is no evidence {each}"


def _times(answer: Mapping[str, Any], figures: frozenset[str]) -> Iterator[str]:
    kinds = {each["id"]: each["kind"] for each in answer.get("evidence", ())}
    numbers = [float(figure) for figure in figures]
    for index, entry in enumerate(answer.get("performance_findings", ())):
        given = {key: entry[key] for key in _TIMES if entry[key] is not None}
        if given and "measured" not in {kinds.get(each) for each in entry["evidence"]}:
            yield f"performance_findings/{index}: a time needs evidence of the kind measured; one not measured is null"
        for key, value in given.items():
            if not any(_is_rounded(value, number * scale) for number in numbers for scale in _SCALES):
                yield (
                    f"performance_findings/{index}/{key}: no tool of this task answered {value}; "
                    "copy the number from the tool, or write null"
                )


def _is_rounded(value: float, number: float) -> bool:
    """True if `value` is `number`, rounded to as many digits as `value` is written with."""
    digits = len(repr(float(value)).partition(".")[2]) if value != int(value) else 0
    return math.isclose(value, round(number, digits), abs_tol=1e-9) or math.isclose(value, number)


def _files(answer: Mapping[str, Any], project: Path) -> Iterator[str]:
    for index, name in enumerate(answer.get("migrations_created", ())):
        if migration(name, project) is None:
            yield f"migrations_created/{index}: there is no file {name} in the project"


def migration(name: str, project: Path) -> Path | None:
    """The file of this name, or of this path, in the project."""
    direct = project / name
    if direct.is_file():
        return direct
    wanted, seen = Path(name).name, 0
    for folder, folders, names in os.walk(project):
        folders[:] = sorted(each for each in folders if each not in _SKIPPED)
        seen += len(names)
        if wanted in names:
            return Path(folder) / wanted
        if seen > MOST_FILES:
            break
    return None
