"""Evidence as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestrator.migration.evidence import Evidence, Failure, Lock, Phase, Traced
from orchestrator.pg.locks import LockMode

REWRITING = frozenset({"CLUSTER", "VACUUM"})
ALWAYS_OPEN = (
    "the project's own env.py was not run: a transaction that it opens itself would break autocommit_block()",
    "how long locks and scans last on production: the tables of the proof hold fewer rows and serve no other load",
    "column order, publications, rules and event triggers are not part of the schema comparison",
)


def as_json(
    evidence: Evidence,
    *,
    findings: Sequence[Mapping[str, Any]],
    rows: Mapping[str, int | None],
    probes: Sequence[Mapping[str, Any]],
    started: Mapping[str, float],
) -> dict[str, Any]:
    return {
        "statements": [_statement(evidence, item, started[item.phase]) for item in evidence.statements],
        "timeline": _timeline(evidence, started),
        "roundtrip": _roundtrip(evidence.phases),
        "phases": {name: _phase(phase) for name, phase in evidence.phases.items()},
        "writers": dict(probes[0]),
        "readers": dict(probes[1]),
        "findings": list(findings),
        "strongest_lock": _strongest(evidence),
        "rows": dict(rows),
        "not_checked": _not_checked(evidence, rows),
    }


def _statement(evidence: Evidence, item: Traced, start_ms: float) -> dict[str, Any]:
    """Moments are milliseconds since the phase began."""
    return {
        "index": item.index,
        "phase": item.phase,
        "sql": item.sql,
        "file": evidence.file,
        "line": item.line,
        "locks": [_lock(evidence, item, lock) for lock in item.locks],
        "rewrite": bool(rewritten(evidence, item)),
        "scan": _scan(evidence, item),
        "from_ms": round(item.from_ms - start_ms, 1),
        "ms": round(item.to_ms - item.from_ms, 1),
        "probe_ms": round(item.probe_ms, 1),
        "lock_timeout_ms": item.before.lock_timeout_ms,
        "autocommit": item.autocommit,
        "stages": [
            {"stage": name, "from_ms": round(first - start_ms, 1), "to_ms": round(last - start_ms, 1)}
            for name, first, last in item.stages
        ],
        "notices": item.notices,
        "repeats": item.repeats,
        "error": _failure(item.error),
    }


def _lock(evidence: Evidence, item: Traced, lock: Lock) -> dict[str, Any]:
    return {
        "relation": label(evidence, item, lock.relation),
        "mode": lock.mode.words,
        "blocks": lock.mode.blocks,
        "existing": lock.relation in evidence.existing,
    }


def label(evidence: Evidence, item: Traced, oid: int) -> str:
    """The name of a relation, which may have been created or dropped by the statement."""
    for relations in (item.after.relations if item.after else {}, item.before.relations, evidence.existing):
        if oid in relations:
            return relations[oid].label
    return f"relation {oid}"


def rewritten(evidence: Evidence, item: Traced) -> dict[int, int]:
    """The existing tables that the statement wrote anew, each with the reason as table_rewrite gives it, 0 for none."""
    events = {int(str(event["oid"])): int(str(event["reason"])) for event in item.events_of("rewrite")}
    found = {oid: reason for oid, reason in events.items() if evidence.is_existing_table(oid)}
    if item.after and item.words.split(" ")[0] in REWRITING:  # these two send no event
        for oid, relation in item.before.relations.items():
            new = item.after.relations.get(oid)
            if new and new.file_node != relation.file_node and evidence.is_existing_table(oid):
                found.setdefault(oid, 0)
    return found


def _scan(evidence: Evidence, item: Traced) -> bool | None:
    """Whether an existing table was read from end to end; None when that could not be seen."""
    if item.watched:
        before, after = item.scans_before, item.scans_after
    else:
        before, after = item.before.scans, item.after.scans if item.after else None
    if before is None or after is None:
        return None
    return any(after[oid] > before.get(oid, 0) for oid in after if evidence.is_existing_table(oid))


def _timeline(evidence: Evidence, started: Mapping[str, float]) -> list[dict[str, Any]]:
    """Locks on relations, in milliseconds since their phase began."""
    return [
        {
            "phase": item.phase,
            "relation": label(evidence, item, held.lock.relation),
            "mode": held.lock.mode.words,
            "from_ms": round(held.from_ms - started[item.phase], 1),
            "to_ms": round((held.to_ms or item.to_ms) - started[item.phase], 1),
            "statement_index": item.index,
        }
        for item in evidence.statements
        for held in item.held
    ]


def _roundtrip(phases: Mapping[str, Phase]) -> dict[str, Any]:
    """Null stands for a step that was not reached."""
    down, again = phases.get("downgrade"), phases.get("second_upgrade")
    came_back = down is not None and down.failure is None
    return {
        "schema_equal": came_back and not down.schema_differences if down else None,
        "data_equal": came_back and not down.changed_tables if down else None,
        "second_upgrade": again.failure is None and not again.schema_differences if again else None,
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "error": _failure(phase.failure),
        "schema_differences": list(phase.schema_differences),
        "changed_tables": list(phase.changed_tables),
        "invalid_indexes": sorted(phase.invalid_indexes),
        "version_is_committed": phase.version_is_committed,
    }


def _failure(failure: Failure | None) -> dict[str, Any] | None:
    if failure is None:
        return None
    return {"message": failure.message, "sqlstate": failure.sqlstate, "kind": failure.kind, "line": failure.line}


def _strongest(evidence: Evidence) -> list[dict[str, Any]]:
    strongest: dict[tuple[str, int], LockMode] = {}
    for item in evidence.statements:
        for lock in item.locks:
            if evidence.is_existing_table(lock.relation):
                key = (item.phase, lock.relation)
                strongest[key] = max(lock.mode, strongest.get(key, lock.mode))
    return [
        {"phase": phase, "table": evidence.existing[oid].label, "mode": mode.words, "blocks": mode.blocks}
        for (phase, oid), mode in strongest.items()
    ]


def _not_checked(evidence: Evidence, rows: Mapping[str, int | None]) -> list[str]:
    lines = list(ALWAYS_OPEN)
    lines += [f"{name} holds no rows: what depends on rows was not seen" for name, count in rows.items() if not count]
    for name, step in (("downgrade", "upgrade"), ("second_upgrade", "downgrade")):
        if step in evidence.phases and name not in evidence.phases:
            lines.append(f"the {name.replace('_', ' ')}: the {step} failed")
    for item in evidence.statements:
        if item.watched and not item.held and " CONCURRENTLY" in item.words:
            lines.append(f"the locks of the statement in line {item.line}: it ended before they could be read")
        if item.repeats:
            lines.append(f"{item.repeats} further runs of the statement in line {item.line} were not traced")
    return lines
