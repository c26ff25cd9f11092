"""The first and the last step: what was decided before, and what this run decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestrator.memory import state as states
from orchestrator.memory.decision import Alternative, Draft, Evidence
from orchestrator.memory.recall import recall
from orchestrator.memory.store import ContextStore
from orchestrator.runner.durable import Done
from orchestrator.runner.migration_steps import speedups
from orchestrator.runner.output import nothing
from orchestrator.runner.spec import RunSpec
from orchestrator.runner.tuning_steps import designs_used


def remembered(spec: RunSpec) -> dict[str, Any]:
    """The decisions that bear on the task, and the state marked with this run."""
    store = ContextStore(Path(spec.context))
    hits = recall(store, spec.task)

    def begin(state: states.State) -> None:
        state["active_agent"] = spec.agent["name"]
        states.put_run(
            state,
            {
                "run_id": spec.run_id,
                "task": spec.task,
                "agent": spec.agent["name"],
                "status": "running",
                "started_at": spec.created_at,
            },
        )

    store.update_state(begin)
    return {
        "decisions": [
            {"id": hit.decision.id, "title": hit.decision.title, "decision": hit.decision.decision, "index": hit.index}
            for hit in hits
        ],
        "notices": store.notices,
    }


def remember(spec: RunSpec, done: Done) -> dict[str, Any]:
    """Records the decision (once, however often this step runs) and the finished task."""
    store = ContextStore(Path(spec.context))
    recorded = store.record(draft(spec, done))
    at = store.now().isoformat(timespec="seconds")
    agent = spec.agent["name"]

    def finish(state: states.State) -> None:
        states.add_agent_decision(
            state, agent, decision_id=recorded.id, summary=_title(spec, done), run_id=spec.run_id, at=at
        )
        states.add_completed(state, task=spec.task, agent=agent, run_id=spec.run_id, at=at)
        states.put_run(state, {"run_id": spec.run_id, "status": "done"})
        state["active_agent"] = None

    store.update_state(finish)
    return {
        "decisions": [{"id": recorded.id, "action": recorded.action, "path": str(recorded.path)}],
        "notices": store.notices,
    }


def note_failure(spec: RunSpec, blocker: str) -> None:
    """Puts the task among the pending ones with what blocks it."""
    store = ContextStore(Path(spec.context))
    at = store.now().isoformat(timespec="seconds")

    def block(state: states.State) -> None:
        states.add_pending(
            state, task=spec.task, agent=spec.agent["name"], blockers=[blocker], run_id=spec.run_id, at=at
        )
        states.put_run(state, {"run_id": spec.run_id, "status": "interrupted"})
        state["active_agent"] = None

    store.update_state(block)


def draft(spec: RunSpec, done: Done) -> Draft:
    designs = designs_used(done)
    chosen = [f"{design.method.upper() if design.method != 'hnsw' else 'HNSW'} on {design.table}" for design in designs]
    rewritten = sorted(set(_rewrites(done)))
    decision = "; ".join(
        [design.create(concurrently=True) for design in designs]
        + [f"rewrite the query by rule {rule}" for rule in rewritten]
    )
    return Draft(
        title=_title(spec, done),
        decision=decision or f"change nothing: {nothing(done)}",
        agent=spec.agent["name"],
        agent_version=spec.agent["version"],
        agent_sha256=spec.agent["sha256"],
        run_id=spec.run_id,
        category="performance",
        context=f"{spec.task} ({spec.target_shown})",
        rationale=f"{', '.join(chosen) or 'nothing'}: {speedups(done) or 'no gain was measured'}",
        alternatives=tuple(_alternatives(done)),
        tables=tuple(table["name"] for table in done["prepare"]["target"]["tables"]),
        files=(done["migrate"]["path"],) if "path" in done["migrate"] else (),
        evidence=(
            Evidence(kind="measured", ref=f"runs/{spec.run_id}/output.json", statement=speedups(done) or "no gain"),
        ),
    )


def _title(spec: RunSpec, done: Done) -> str:
    designs = designs_used(done)
    what = " and ".join(f"{design.method} on {design.table}" for design in designs) if designs else "no change"
    return f"{spec.task[:60]}: {what}"


def _rewrites(done: Done) -> list[str]:
    found = []
    for screened in done["try"]["screened"]:
        winner = next((item for item in screened["tried"] if item["arm"]["name"] == screened["winner"]), None)
        if winner:
            proposals = done["build"]["changes"][screened["workload"]]
            found += [
                change["rule"]
                for change in proposals
                if change["query"] and not change["index"] and change["rule"] in winner["rules"]
            ]
    return found


def _alternatives(done: Done) -> list[Alternative]:
    rejected = [
        Alternative(option=f"{item['arm']['name']} ({screened['workload'].replace('_', ' ')})", why_not=item["reason"])
        for screened in done["try"]["screened"]
        for item in screened["tried"]
        if item["verdict"] == "rejected"
    ]
    return rejected + [
        Alternative(option=name, why_not=reason)
        for choice in done["try"]["choices"]
        for name, reason in choice["rejected"]
    ]
