"""The result of a live run as one document (schemas/run-live.schema.json)."""

from __future__ import annotations

import importlib.metadata
import platform
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orchestrator
from orchestrator.contract.answer import migration
from orchestrator.runner.durable import Done
from orchestrator.runner.live_prompt import REVIEWER
from orchestrator.runner.spec import RunSpec

PENDING = "pending"


def assemble(spec: RunSpec, done: Done) -> dict[str, Any]:
    """Pure: the same results give the same document, as long as the project's files stay."""
    session, check = done["session"], done["check"]
    return {
        "schema": "run-live",
        "run_id": spec.run_id,
        "status": "done",
        "task": spec.task,
        "engine": "live",
        "agent": dict(spec.agent),
        "route": dict(spec.route),
        "target": {"kind": spec.target, "shown": spec.target_shown},
        "headline": headline(spec, check),
        "output": check["output"],
        "output_from": check["source"],
        "review": check["review"],
        "evidence": check["output"].get("evidence", []),
        "artifacts": _artifacts(spec, check),
        "recalled": done["recall"]["decisions"],
        "decisions": [{"id": each["id"], "action": each["action"]} for each in check["decisions"]],
        "handoffs": check["handoffs"],
        "budget": _budget(spec, check),
        "agents": [_agent(each) for each in check["agents"]],
        "session_id": spec.session_id,
        "resumed": session["resumed"],
        "model": session["model"],
        "cost_usd": session["total_cost_usd"],
        "turns": session["num_turns"],
        "tokens": _tokens(session["model_usage"] or {}),
        "limits": {"max_turns": spec.max_turns, "max_usd": spec.max_usd},
        "permission_denials": _denials(session),
        "not_checked": _not_checked(spec, done),
        "undo": _undo(spec, check),
        "seconds": done["seconds"],
        "versions": {
            "pgwright": orchestrator.__version__,
            "python": platform.python_version(),
            "client": str(session["client_version"]),
            "sdk": importlib.metadata.version("claude-agent-sdk"),
        },
        "next": _next(spec, check),
    }


def is_approved(document: Mapping[str, Any]) -> bool:
    """True unless a reviewer has asked for changes, could not review, or has not answered."""
    return all(each["verdict"] in ("approved", "taken") for each in document["handoffs"])


def headline(spec: RunSpec, check: Mapping[str, Any]) -> str:
    """The answer in one sentence."""
    output = check["output"]
    if "verdict" in output:
        return f"{output['subject']}: {output['verdict'].replace('-', ' ')}, {_count(output['findings'], 'finding')}."
    parts = [
        _count(output[key], one)
        for key, one in (
            ("migrations_created", "migration"),
            ("indexes_added", "index"),
            ("constraints_added", "constraint"),
            ("models", "model"),
        )
        if output.get(key)
    ]
    what = ", ".join(parts) or "no change"
    verdicts = {str(each["verdict"]).replace("-", " ") for each in check["handoffs"] if each["to"] == REVIEWER}
    review = f"; review: {', '.join(sorted(verdicts))}" if verdicts else ""
    return f"{spec.agent['name']}: {what}{review}."


def _count(entries: list[Any], one: str) -> str:
    many = {"index": "indexes"}.get(one, f"{one}s")
    return f"{len(entries)} {one if len(entries) == 1 else many}"


def _artifacts(spec: RunSpec, check: Mapping[str, Any]) -> list[dict[str, str]]:
    found = [("migration", path) for path in _migrations(spec, check)]
    found += [("output", spec.folder / "output.json"), ("events", spec.folder / "events.jsonl")]
    found += [("record", Path(spec.context) / "runs" / str(each["run_id"])) for each in check["agents"]]
    found += [("decision", Path(each["path"])) for each in check["decisions"]]
    return [{"kind": kind, "path": shown(spec, path)} for kind, path in found]


def _migrations(spec: RunSpec, check: Mapping[str, Any]) -> Iterator[Path]:
    for name in check["output"].get("migrations_created", ()):
        if path := migration(name, Path(spec.project)):
            yield path


def shown(spec: RunSpec, path: Path) -> str:
    """The path relative to the project where it lies inside it."""
    return str(path.relative_to(spec.project)) if path.is_relative_to(spec.project) else str(path)


def _agent(head: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": head["agent"],
        "version": head["agent_version"],
        "sha256": head["agent_sha256"],
        "run_id": head["run_id"],
        "status": head["status"],
        "calls": head["calls"],
        "held": head["held"],
    }


def _budget(spec: RunSpec, check: Mapping[str, Any]) -> dict[str, Any]:
    """The budget of the agent's last run; without the hooks' record nothing was counted."""
    own = [each for each in check["agents"] if each["agent"] == spec.agent["name"]]
    limits = own[-1]["budget"] if own else dict.fromkeys(("class", "low", "high", "cap"))
    used = sum(each["calls"] or 0 for each in own) if own else None
    return {**limits, "used": used, "unit": "tool calls"}


def _tokens(usage: Mapping[str, Any]) -> dict[str, int]:
    """Of all models, the subagents' included."""
    keys = {
        "input": "inputTokens",
        "output": "outputTokens",
        "cache_read": "cacheReadInputTokens",
        "cache_creation": "cacheCreationInputTokens",
    }
    return {name: sum(int(each.get(key, 0)) for each in usage.values()) for name, key in keys.items()}


def _denials(session: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every call that was held: by a person or because nobody was there, else by the gate, the budget or a rule."""
    asked = [each for each in session["asked"] if not each["allowed"]]
    found = [{"tool": each["tool"], "input": each["input"], "why": each["reason"], "by": each["by"]} for each in asked]
    known = {each["call_id"] for each in asked}
    others = [each for each in session["refusals"] if each["call_id"] not in known]
    return found + [{key: each[key] for key in ("tool", "input", "why")} | {"by": "rule"} for each in others]


def _not_checked(spec: RunSpec, done: Done) -> list[str]:
    check = done["check"]
    found = list(check["notes"])
    found += [str(each) for each in (check["review"] or {}).get("not_checked", ())]
    found += [
        f"{each['payload'].get('migration', 'the models')}: {each['to']} has not answered"
        for each in check["handoffs"]
        if each["verdict"] == PENDING
    ]
    found += [
        f"the tools of {name} were not there: {status}"
        for name, status in done["session"]["mcp_servers"].items()
        if status not in ("connected", "pending")
    ]
    if spec.target == "none":
        found.append("no server was named: nothing was measured")
    return found


def _undo(spec: RunSpec, check: Mapping[str, Any]) -> str:
    written = [shown(spec, path) for path in _migrations(spec, check)]
    if not written:
        return "no migration was written; git shows what else has changed"
    return f"delete {shlex.join(written)}; no database was changed"


def _next(spec: RunSpec, check: Mapping[str, Any]) -> str:
    written = [shown(spec, path) for path in _migrations(spec, check)]
    return f"read {shlex.quote(written[0])}, then alembic upgrade head" if written else "orchestrate runs"
