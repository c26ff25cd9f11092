"""Work that passes from one agent to another, as schemas/handoff.schema.json types it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestrator.contract import answer as answers
from orchestrator.contract.definition import Contract
from orchestrator.contract.event import PLUGIN
from orchestrator.contract.ledger import Run
from orchestrator.memory import state as states

REVIEWER = "code-quality-reviewer"
ENGINEER = "database-engineer"
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
    return {"migration": shown, "revision": found[1] if found else "", "proof_clean": run.is_proven()}


def answered(state: states.State, head: Mapping[str, Any], answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The hand-offs that this answer settles, with its verdict on each: a review those of its subject, any other answer
    those that were there when the agent began.
    """
    waiting = states.waiting_handoffs(state, head["agent"])
    if "verdict" in answer:
        named = {Path(str(answer["subject"])).name, str(answer["subject"])}
        return [(each["id"], str(answer["verdict"])) for each in waiting if named & _names(each["payload"])]
    return [(each["id"], "taken") for each in waiting if str(each["at"]) <= head["started_at"]]


def _names(payload: Mapping[str, Any]) -> set[str]:
    return {Path(str(payload.get("migration", ""))).name, str(payload.get("revision") or "-")}


def order(each: Mapping[str, Any]) -> str:
    """What the main thread is told to do with a hand-off."""
    given = json.dumps({key: each[key] for key in ("id", "from", "to", "payload", "run_id")}, ensure_ascii=False)
    return f"It hands work to {PLUGIN}:{each['to']}. Start that agent with it: {given}"
