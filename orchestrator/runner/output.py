"""The result of a run as one document: what `--json` prints, what the report is drawn from, what `output.json`
keeps.
"""

from __future__ import annotations

import platform
import shlex
from pathlib import Path
from typing import Any

import orchestrator
from orchestrator.runner import evidence
from orchestrator.runner.durable import Done
from orchestrator.runner.spec import RunSpec
from orchestrator.runner.tuning_steps import designs_used

ALWAYS_OPEN = (
    "how the gain looks under concurrent load: one session was measured at a time, with a warm cache",
    "how the indexes grow with more rows: see benchmarks/demo for the demo's data",
)


def assemble(spec: RunSpec, done: Done, *, budget: dict[str, Any]) -> dict[str, Any]:
    """The run document (schemas/run.schema.json). Pure: the same results give the same document."""
    claims = evidence.collect(done)
    return {
        "schema": "run",
        "run_id": spec.run_id,
        "status": "done",
        "task": spec.task,
        "engine": "offline",
        "agent": dict(spec.agent),
        "route": dict(spec.route),
        "target": done["prepare"]["target"],
        "scratch": done["prepare"]["scratch"],
        "headline": headline(done),
        "output": agent_output(done, claims),
        "queries": [_query(done, position) for position in range(len(done["prepare"]["workloads"]))],
        "indexes": _indexes(done),
        "inserts": done["confirm"]["inserts"],
        "migration": _migration(spec, done),
        "review": None if "skipped" in done["review"] else done["review"],
        "evidence": claims,
        "artifacts": _artifacts(spec, done),
        "recalled": done["recall"]["decisions"],
        "decisions": [{"id": each["id"], "action": each["action"]} for each in done["remember"]["decisions"]],
        "handoffs": _handoffs(spec, done),
        "budget": budget,
        "not_checked": not_checked(done),
        "undo": _undo(spec, done),
        "seconds": done["seconds"],
        "versions": {
            "pgwright": orchestrator.__version__,
            "python": platform.python_version(),
            "postgresql": done["prepare"]["scratch"]["postgresql"],
        },
        "next": _next(spec, done),
    }


def headline(done: Done) -> str:
    """The answer in one sentence."""
    parts = []
    for result in done["confirm"]["workloads"]:
        if result["arm"]:
            wall, after = result["confirmed"]["wall"], result["confirmed"]["after"]
            parts.append(
                f"{evidence.spoken(result['workload'])} {wall['ratio']:.0f} times faster"
                f" ({wall['before_ms']:.1f} → {wall['after_ms']:.1f} ms, overlap {evidence.share(after['overlap'])})"
            )
    if not parts:
        return f"Nothing is worth changing: {nothing(done)}."
    names = [design.name for design in designs_used(done)]
    rewritten = [
        evidence.spoken(result["workload"])
        for position, result in enumerate(done["confirm"]["workloads"])
        if _rewritten(done, position)
    ]
    also = f", after a rewrite of the {' and '.join(rewritten)} query" if rewritten else ""
    count = f"{len(names)} new index{'es' if len(names) != 1 else ''}" if names else "no new index"
    return f"With {count}{also}: {'; '.join(parts)}."


def nothing(done: Done) -> str:
    """Why no change is proposed: nothing was tried, or nothing that was tried is better."""
    tried = any(screened["tried"] for screened in done["try"]["screened"])
    return "no candidate was faster and gave the same rows" if tried else "no rule has a proposal for it"


def _rewritten(done: Done, position: int) -> str | None:
    """The chosen query where it is not the original."""
    arm = done["confirm"]["workloads"][position]["arm"]
    return arm["query"] if arm and arm["query"] != done["prepare"]["workloads"][position]["query"] else None


def agent_output(done: Done, claims: list[evidence.Claim]) -> dict[str, Any]:
    """The agent's structured output (schemas/agent-output.schema.json): every figure in it points at the evidence."""
    return {
        "migrations_created": [] if "skipped" in done["migrate"] else [Path(done["migrate"]["path"]).name],
        "indexes_added": [
            {
                "name": design.name,
                "table": design.table,
                "type": design.method,
                "definition": design.create(concurrently=True),
                "reason": _reason(done, design.name),
                "evidence": evidence.refs(claims, "index", about=design.name),
            }
            for design in designs_used(done)
        ],
        "constraints_added": [],
        "performance_findings": [
            _finding(done, position, claims) for position in range(len(done["prepare"]["workloads"]))
        ],
        "recommendations": _recommendations(done),
        "evidence": claims,
    }


def _reason(done: Done, name: str) -> str:
    changes = [change for each in done["build"]["changes"].values() for change in each]
    return next(str(change["why"]) for change in changes if change["index"] and change["index"]["name"] == name)


def _finding(done: Done, position: int, claims: list[evidence.Claim]) -> dict[str, Any]:
    workload, result = done["prepare"]["workloads"][position], done["confirm"]["workloads"][position]
    about = workload["id"]
    if not result["arm"]:
        before = done["measure"][position]["wall_ms"]
        return {
            "query": workload["query"],
            "before_ms": before,
            "after_ms": None,
            "fix": "none: nothing measured was better",
            "evidence": evidence.refs(claims, "baseline", "rejected", "cause", about=about),
        }
    wall = result["confirmed"]["wall"]
    fix = ([f"index {name}" for name in result["arm"]["indexes"]]) + (
        ["rewritten query"] if _rewritten(done, position) else []
    )
    return {
        "query": workload["query"],
        "before_ms": wall["before_ms"],
        "after_ms": wall["after_ms"],
        "fix": " and ".join(fix + [f"{name} = {value}" for name, value in result["arm"]["settings"].items()]),
        "evidence": evidence.refs(claims, "speed", "answers", "cause", about=about),
    }


def _recommendations(done: Done) -> list[str]:
    found = []
    if "path" in done["migrate"]:
        found.append("A person runs the migration: alembic upgrade head, after reading it.")
    for position, workload in enumerate(done["prepare"]["workloads"]):
        if _rewritten(done, position):
            found.append(
                f"Put the rewritten {evidence.spoken(workload['id'])} query into the application:"
                " the indexes alone do not help it."
            )
        arm = done["confirm"]["workloads"][position]["arm"]
        found += [
            f"Run SET LOCAL {name} = {value} before the {workload['id']} query."
            for name, value in (arm["settings"] if arm else {}).items()
        ]
    for cost in done["confirm"]["inserts"]:
        found.append(
            f"Expect an insert into {cost['relation']} to take {cost['times']} times as long;"
            " load in bulk before building the indexes."
        )
    return found


def _query(done: Done, position: int) -> dict[str, Any]:
    workload, base = done["prepare"]["workloads"][position], done["measure"][position]
    screened, result = done["try"]["screened"][position], done["confirm"]["workloads"][position]
    confirmed = result.get("confirmed")
    return {
        "id": workload["id"],
        "title": workload["title"],
        "query": workload["query"],
        "rewritten": _rewritten(done, position),
        "settings": result["arm"]["settings"] if result["arm"] else {},
        "indexes": list(result["arm"]["indexes"]) if result["arm"] else [],
        "bindings_from": workload["bindings_from"],
        "probes": base["probes"],
        "baseline": {name: base[name] for name in ("wall_ms", "cpu_ms", "parallel_ms")},
        "effect": {
            "wall": confirmed["wall"],
            "cpu": confirmed["cpu"],
            "after": confirmed["after"],
            "same_rows": confirmed["same_rows"],
        }
        if confirmed
        else None,
        "trials": confirmed["trials"] if confirmed else None,
        "causes": base["causes"],
        "candidates": [
            {
                "name": item["arm"]["name"],
                **{key: item[key] for key in ("rules", "measured", "used", "verdict", "reason")},
                "query": item["arm"]["query"],
            }
            for item in screened["tried"]
        ],
        "curves": [_curve(option) for option in done["try"]["options"] if option["workload"] == workload["id"]],
        "needed": result.get("needed", []),
        "plans": {"before": base["plan"], "after": confirmed["plan"] if confirmed else None},
    }


def _curve(option: dict[str, Any]) -> dict[str, Any]:
    return {
        "index": option["change"]["index"]["name"],
        "method": option["change"]["title"],
        "setting": option["change"]["index"]["knob"]["setting"],
        "chosen": option["point"]["value"],
        "points": option["curve"],
    }


def _indexes(done: Done) -> list[dict[str, Any]]:
    used = {design.name for design in designs_used(done)}
    return [
        {**built, "chosen": built["name"] in used, "reason": _index_reason(done, built["name"], used)}
        for built in done["build"]["built"]
    ]


def _index_reason(done: Done, name: str, used: set[str]) -> str:
    """Why the index was taken, or why not."""
    choices = done["try"]["choices"]
    why_not = {other: reason for choice in choices for other, reason in choice["rejected"]}
    why = {choice["index"]["name"]: choice["reason"] for choice in choices}
    if name not in used:
        return str(why_not.get(name, "no change that uses it was taken"))
    return str(why.get(name) or _reason(done, name))


def _migration(spec: RunSpec, done: Done) -> dict[str, Any] | None:
    """The revision and its proof, with paths of the project shown relative to it."""
    if "skipped" in done["migrate"]:
        return None
    paths = ("path", "script_location", "ini")
    written = {name: _shown(spec, text) if name in paths else text for name, text in done["migrate"].items()}
    statements = [{**each, "file": _shown(spec, each["file"])} for each in done["prove"]["statements"]]
    return {**written, "proof": {**done["prove"], "statements": statements}}


def _shown(spec: RunSpec, path: str) -> str:
    """The path relative to the project where it lies inside it."""
    inside = Path(path)
    return str(inside.relative_to(spec.project)) if inside.is_relative_to(spec.project) else path


def _artifacts(spec: RunSpec, done: Done) -> list[dict[str, str]]:
    found = [("output", spec.folder / "output.json"), ("report", spec.folder / "report.html")]
    found += [
        ("query", rewritten_path(spec, workload["id"]))
        for position, workload in enumerate(done["prepare"]["workloads"])
        if _rewritten(done, position)
    ]
    found += [("decision", Path(each["path"])) for each in done["remember"]["decisions"]]
    if "path" in done["migrate"]:
        found.insert(0, ("migration", Path(done["migrate"]["path"])))
    return [{"kind": kind, "path": _shown(spec, str(path))} for kind, path in found]


def rewritten_path(spec: RunSpec, workload: str) -> Path:
    return spec.folder / "queries" / f"{workload}.sql"


def _handoffs(spec: RunSpec, done: Done) -> list[dict[str, Any]]:
    if "skipped" in done["review"]:
        return []
    payload = {
        "migration": _shown(spec, done["migrate"]["path"]),
        "revision": done["migrate"]["revision"],
        "proof_clean": bool(done["prove"]["clean"]),
    }
    return [
        {
            "from": spec.agent["name"],
            "to": "code-quality-reviewer",
            "payload": payload,
            "verdict": done["review"]["verdict"],
        }
    ]


def not_checked(done: Done) -> list[str]:
    found = list(ALWAYS_OPEN)
    target = done["prepare"]["target"]
    found += [
        f"{table['name']}: {table['rows']:,} of about {table['estimated_rows']:,} rows were copied;"
        " times hold for the sample"
        for table in target["tables"]
        if table["sampled"]
    ]
    found += [f"not on the disposable server: {thing}" for thing in target["left_out"]]
    if target["server"]:
        scratch = done["prepare"]["scratch"]
        found.append(
            f"your server is PostgreSQL {target['server']['postgresql']} with pgvector {target['server']['pgvector']};"
            f" the disposable one is {scratch['postgresql']} with {scratch['pgvector']}"
        )
    few = [
        workload["id"]
        for workload, base in zip(done["prepare"]["workloads"], done["measure"], strict=True)
        if base["probes"] < 20
    ]
    found += [
        f"{name}: fewer than 20 probes, so overlap is a weak estimate; write :name in place of literals" for name in few
    ]
    return found + list(done["prove"].get("not_checked", []))


def _undo(spec: RunSpec, done: Done) -> str:
    if "path" not in done["migrate"]:
        return "nothing was changed, so there is nothing to undo"
    down = done["migrate"]["down_revision"] or "base"
    queries = (
        " and put the original queries back"
        if any(_rewritten(done, position) for position in range(len(done["measure"])))
        else ""
    )
    command = f"alembic -c {shlex.quote(_shown(spec, done['migrate']['ini']))} downgrade {down}"
    return f"{command}{queries}; the decision record stays, supersede it with a new one"


def _next(spec: RunSpec, done: Done) -> str:
    if spec.target == "demo":
        return 'orchestrate "make this query fast" --dsn "$DATABASE_URL" --query search.sql'
    if "path" not in done["migrate"]:
        return "orchestrate runs"
    return f"alembic -c {shlex.quote(_shown(spec, done['migrate']['ini']))} upgrade head"
