"""Work that passes from one agent to another, as schemas/handoff.schema.json types it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestrator.contract import answer as answers
from orchestrator.contract import subjects
from orchestrator.contract.definition import Contract
from orchestrator.contract.event import PLUGIN
from orchestrator.contract.ledger import Run
from orchestrator.memory import state as states

REVIEWER = "code-quality-reviewer"
ENGINEER = "database-engineer"
# Of a hand-off in one line, in characters; several have to fit into what an agent is told.
LONGEST = 2_500
_REVISION = re.compile(r"^revision\s*(?::\s*str\s*)?=\s*[\"']([^\"']+)[\"']", re.MULTILINE)


def payloads(
    answer: Mapping[str, Any], contract: Contract, run: Run, project: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the answer hands to whom: every migration to the reviewer, models to the database engineer."""
    if REVIEWER in contract.hands_off_to:
        for name in answer.get("migrations_created", ()):
            yield REVIEWER, _migration(answers.migration(name, project), name, run, project)
    if ENGINEER in contract.hands_off_to and answer.get("models"):
        yield ENGINEER, {"models": answer["models"]}


def _migration(path: Path | None, name: str, run: Run, project: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8", errors="replace") if path else ""
    found = _REVISION.search(text)
    shown = path.relative_to(project).as_posix() if path and path.is_relative_to(project) else name
    revision = found[1] if found else ""
    return {"migration": shown, "revision": revision, "proof_clean": run.is_proven(shown, revision, path)}


def answered(
    state: states.State, head: Mapping[str, Any], answer: Mapping[str, Any], run: Run, project: Path
) -> list[tuple[str, str]]:
    """The hand-offs that this answer settles, with its verdict on each: a review those of its subject, any other answer
    those that the agent was told of when it began.
    """
    waiting = states.waiting_handoffs(state, head["agent"])
    told = [each for each in waiting if each["id"] in head.get("handed", ())]
    if "verdict" not in answer:
        return [(each["id"], "taken") for each in told]
    reviewed = _reviewed(answer, waiting, told, run, project)
    return [(each["id"], str(answer["verdict"])) for each in waiting if each["id"] in reviewed]


def _reviewed(
    answer: Mapping[str, Any], waiting: subjects.Handoffs, told: subjects.Handoffs, run: Run, project: Path
) -> set[str]:
    """By its subject; one that is no file, but a branch or a range, is about what it was told of and has opened."""
    subject = str(answer.get("subject", ""))
    named = subjects.named(subject, waiting, project)
    if named or subjects.names_a_file(subject):
        return named
    inputs = [str(each["input"]) for each in run.round() if each.get("event") == "call"]
    return subjects.opened(told, answer, inputs, project)


def shown(each: Mapping[str, Any], *keys: str) -> str:
    """The hand-off as JSON in one line. A payload that is too long for it is told by where it stands."""
    given = json.dumps({key: each[key] for key in keys}, ensure_ascii=False)
    if len(given) <= LONGEST or not each["run_id"]:
        return given
    place = f"too long to be shown: it is in runs/{each['run_id']}/output.json of the context store, under "
    keys_of = ", ".join(each["payload"])
    return json.dumps({key: place + keys_of if key == "payload" else each[key] for key in keys}, ensure_ascii=False)


def order(each: Mapping[str, Any]) -> str:
    """What the main thread is told to do with a hand-off."""
    given = shown(each, "id", "from", "to", "payload", "run_id")
    return f"It hands work to {PLUGIN}:{each['to']}. Start that agent with it: {given}"
