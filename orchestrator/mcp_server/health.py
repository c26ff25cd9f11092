"""How the user's server is doing, a part at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from orchestrator.mcp_server import reading
from orchestrator.model.errors import UsageError
from orchestrator.pg import structure

if TYPE_CHECKING:
    import psycopg

MANY_CONNECTIONS = 0.8
LATE_FREEZE = 0.8
FEW_HITS = 0.95
FAR_BEHIND_S = 30
Lines = list[str]


def check(connection: psycopg.Connection[Any], wanted: str) -> str:
    """Every part that was asked for, as text. Raises UsageError for an unknown part."""
    names = [each.strip().lower() for each in wanted.split(",") if each.strip()]
    names = list(PARTS) if not names or "all" in names else names
    unknown = [each for each in names if each not in PARTS]
    if unknown:
        raise UsageError(f"no health check named {', '.join(unknown)}", hint=f"There are: all, {', '.join(PARTS)}.")
    return "\n".join(
        line for name in names for line in [f"{name}:", *(f"  {each}" for each in PARTS[name](connection))]
    )


def _index(connection: psycopg.Connection[Any]) -> Lines:
    return _findings(connection, ("invalid-index", "duplicate-index", "unused-index", "fk-without-index"))


def _findings(connection: psycopg.Connection[Any], codes: tuple[str, ...]) -> Lines:
    oids = [row["oid"] for row in reading.records(connection, "health", "user_tables")]
    found = [each for each in structure.findings(connection, oids) if each["code"] in codes]
    lines = [
        f"{each['severity']} {each['code']} {each['table']} ({each['evidence']}): {each['why']}" for each in found[:50]
    ]
    lines += [f"{len(found) - 50} more" if len(found) > 50 else ""]
    return [line for line in lines if line] or ["nothing found"]


def _connection(connection: psycopg.Connection[Any]) -> Lines:
    row = reading.records(connection, "health", "connections")[0]
    many = row["sessions"] > MANY_CONNECTIONS * row["max_connections"]
    return [
        f"{row['sessions']} of {row['max_connections']} sessions{': near the limit' if many else ''}",
        f"{row['idle_in_transaction']} sessions sit in an open transaction for more than a minute",
        f"{row['waiting_for_locks']} sessions wait for a lock",
    ]


def _vacuum(connection: psycopg.Connection[Any]) -> Lines:
    row = reading.records(connection, "health", "vacuum")[0]
    late = row["age"] > LATE_FREEZE * row["freeze_max_age"]
    lines = [f"oldest transaction id is {row['age']} old, autovacuum forces itself at {row['freeze_max_age']}"]
    lines += ["that is near: look for tables that VACUUM cannot finish"] if late else []
    for each in reading.records(connection, "health", "dead_rows"):
        lines.append(
            f"{each['table']}: {each['dead_rows']} dead rows beside {each['live_rows']}, last {each['last_autovacuum']}"
        )
    for each in reading.records(connection, "health", "never_analyzed"):
        lines.append(f"{each['table']}: never analyzed, so the planner guesses")
    return lines


def _sequence(connection: psycopg.Connection[Any]) -> Lines:
    return _findings(connection, ("sequence-near-its-end",))


def _replication(connection: psycopg.Connection[Any]) -> Lines:
    row = reading.records(connection, "health", "replication")[0]
    kind = "a replica" if row["is_replica"] else f"a primary with {row['replicas']} connected replicas"
    lines = [f"this server is {kind}; {row['inactive_slots']} replication slots are inactive"]
    lines += ["an inactive slot keeps every WAL file from its position on"] if row["inactive_slots"] else []
    if row["behind_s"] is not None and row["behind_s"] > FAR_BEHIND_S:
        lines.append(f"the last replayed transaction is {row['behind_s']:.0f} s old")
    return lines


def _buffer(connection: psycopg.Connection[Any]) -> Lines:
    row = reading.records(connection, "health", "buffer")[0]
    lines = []
    for name, share in (("table", row["table_hits"]), ("index", row["index_hits"])):
        if share is None:
            lines.append(f"no {name} page was read since the statistics began")
        else:
            low = ", which is low" if share < FEW_HITS else ""
            lines.append(f"{share:.1%} of {name} pages were found in shared buffers since the statistics began{low}")
    return lines


def _constraint(connection: psycopg.Connection[Any]) -> Lines:
    found = reading.records(connection, "health", "constraint")
    return [f"{each['table']}: {each['name']} is not validated: {each['definition']}" for each in found] or [
        "all are validated"
    ]


PARTS: dict[str, Callable[[psycopg.Connection[Any]], Lines]] = {
    "index": _index,
    "connection": _connection,
    "vacuum": _vacuum,
    "sequence": _sequence,
    "replication": _replication,
    "buffer": _buffer,
    "constraint": _constraint,
}
