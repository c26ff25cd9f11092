"""What the agents of a session have left. The hooks wrote and checked it meanwhile: it is the truth of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.memory import files
from orchestrator.memory.decision import Decision, moment
from orchestrator.memory.store import ContextStore
from orchestrator.runner.live_prompt import REVIEWER
from orchestrator.runner.spec import RunSpec

VALID = ("done", "blocked")


@dataclass(frozen=True, kw_only=True)
class Left:
    """One run of a subagent. `output` is None where it left no answer that holds."""

    head: Mapping[str, Any]
    output: Mapping[str, Any] | None

    @property
    def agent(self) -> str:
        return str(self.head["agent"])

    @property
    def run_id(self) -> str:
        return str(self.head["run_id"])

    @property
    def problems(self) -> list[str]:
        return [str(each) for each in self.head.get("problems") or ()]

    @property
    def is_valid(self) -> bool:
        return self.output is not None and self.head.get("status") in VALID


def of_session(context: Path, session_id: str) -> list[Left]:
    """The subagents of the session, oldest first."""
    found = []
    for path in (context / "runs").glob("agent-*/agent.json"):
        head = _read(path)
        if head.get("session_id") == session_id:
            output = _read(path.parent / "output.json") or None
            found.append((path.stat().st_mtime_ns, Left(head=head, output=output)))
    return [left for _, left in sorted(found, key=lambda each: each[0])]


def last_of(left: Sequence[Left], agent: str) -> Left | None:
    """The last run of the agent that left a valid answer, else its last run."""
    own = [each for each in left if each.agent == agent]
    valid = [each for each in own if each.is_valid]
    return next(reversed(valid or own), None)


def _read(path: Path) -> dict[str, Any]:
    with suppress(files.UnreadableError):
        return files.read_object(path) or {}
    return {}


def handoffs(context: Path, left: Sequence[Left]) -> list[dict[str, Any]]:
    """What these runs handed to other agents, with the answer that came back."""
    runs = {each.run_id for each in left}
    noted = ContextStore(context).read_state().get("handoffs", [])
    keys = ("id", "from", "to", "payload", "verdict", "run_id", "review_run_id")
    return [{key: each[key] for key in keys} for each in noted if each["run_id"] in runs]


def review(left: Sequence[Left]) -> Mapping[str, Any] | None:
    found = last_of(left, REVIEWER)
    return found.output if found and found.is_valid else None


def decisions(spec: RunSpec, left: Sequence[Left]) -> list[Decision]:
    """Decisions that were recorded in this run, by its agents' runs or by name and time where they say no run."""
    runs = {spec.run_id, *(each.run_id for each in left)}
    agents = {spec.agent["name"], *(each.agent for each in left)}
    return [
        each
        for each in ContextStore(Path(spec.context)).decisions()
        if each.run_id in runs
        or (each.run_id is None and each.agent in agents and moment(each.created_at) >= moment(spec.created_at))
    ]
