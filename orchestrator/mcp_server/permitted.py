"""What SQL may be sent to the user's server: one statement that reads, by the gate's rules, by PostgreSQL's own grammar
and by what the server's catalog says of the functions that it calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import UsageError
from orchestrator.pg import query
from orchestrator.pg.catalog import rows

if TYPE_CHECKING:
    import psycopg

MAX_CHARACTERS = 100_000
WRITES = frozenset({"insert_stmt", "update_stmt", "delete_stmt", "merge_stmt"})
WAY_OUT = "Ask a person to run it, or try it on the disposable server: tune and prove work there."
# VOLATILE in pg_proc only because their value changes from call to call: they change nothing.
READING = """
    random random_normal setseed clock_timestamp timeofday gen_random_uuid uuidv4 uuidv7 currval lastval pg_sleep
    pg_sleep_for pg_sleep_until pg_database_size pg_relation_size pg_table_size pg_total_relation_size
    pg_indexes_size pg_tablespace_size pg_is_in_recovery pg_is_wal_replay_paused pg_get_wal_replay_pause_state
    pg_current_wal_lsn pg_current_wal_insert_lsn pg_current_wal_flush_lsn pg_last_wal_receive_lsn
    pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_blocking_pids pg_safe_snapshot_blocking_pids
    pg_lock_status pg_sequence_last_value pg_get_sequence_data array_shuffle array_sample lo_get
    pg_relation_filepath pg_partition_tree pg_partition_ancestors pg_partition_root pg_control_system
    pg_control_checkpoint pg_control_recovery pg_control_init pg_stat_statements_info
"""
HARMLESS = frozenset(READING.split())
# System views with password hashes or connection strings in them, and those that read the server's files.
SECRET = frozenset(
    (
        "pg_authid",
        "pg_shadow",
        "pg_user_mapping",
        "pg_user_mappings",
        "pg_hba_file_rules",
        "pg_file_settings",
        "pg_ident_file_mappings",
        "pg_subscription",
        "pg_largeobject",
    )
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """`reads` is true for what a cursor can fetch. `calls` are schema ("" if none) and name of the functions called,
    `operators` the names of the operators.
    """

    text: str
    reads: bool
    calls: tuple[tuple[str, str], ...] = ()
    operators: tuple[str, ...] = ()


def read(text: str) -> Statement:
    """The statement, if it can only read. Raises UsageError that says what would happen and what to do instead."""
    refuse_by_rules(text)
    tree = _only(text)
    kind, node = next(iter(tree.items()))
    if kind == "explain_stmt":
        inner_kind, inner = next(iter(node.get("query", {"nothing": {}}).items()))
        if inner_kind != "select_stmt":
            raise _refused(f"EXPLAIN of {_spoken(inner_kind)} is not a read", "The tool explain shows its plan.")
        _refuse_parts(inner)
        return Statement(text=_bare(text), reads=False, calls=_calls(inner), operators=_operators(inner))
    if kind == "variable_show_stmt":
        return Statement(text=_bare(text), reads=False)
    if kind != "select_stmt":
        raise _refused(f"{_spoken(kind)} is not a read", "SELECT, VALUES, TABLE, WITH, SHOW and EXPLAIN are run here.")
    _refuse_parts(node)
    return Statement(text=_bare(text), reads=True, calls=_calls(node), operators=_operators(node))


def explainable(text: str, *, analyze: bool) -> Statement:
    """The statement without EXPLAIN in front, if it may be explained: if it will run, only a SELECT."""
    refuse_by_rules(text if analyze else f"EXPLAIN {text}")
    tree = _only(numbered(text))
    kind, node = next(iter(tree.items()))
    if kind == "explain_stmt":
        raise UsageError("the statement begins with EXPLAIN already", hint="Give the query alone.")
    if kind != "select_stmt" and (analyze or kind not in WRITES):
        runs = (
            "EXPLAIN ANALYZE would run it." if analyze else "Only SELECT, INSERT, UPDATE, DELETE and MERGE have plans."
        )
        raise _refused(f"{_spoken(kind)} cannot be explained{' with analyze' if analyze else ''}", runs)
    if kind == "select_stmt":
        _refuse_parts(node)
    reads = kind == "select_stmt"
    return Statement(text=_bare(text), reads=reads, calls=_calls(node), operators=_operators(node))


def parameters(text: str) -> list[str]:
    """The names of the parameters, in order; those written $1 have a number for a name."""
    found = (lexeme["name"] or lexeme["number"] for lexeme in query.LEXEME.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def numbered(text: str) -> str:
    """The text with its parameters written $1, $2 …"""
    places = {name: f"${number}" for number, name in enumerate(parameters(text), 1)}
    return query.bound(text) % places


def refuse_by_rules(text: str) -> None:
    """Raises for what the gate would hold or ask about: nobody can answer here."""
    from orchestrator.gate.judgement import Judgement
    from orchestrator.gate.sql.judge import effects

    if "\0" in text or not text.strip() or len(text) > MAX_CHARACTERS:
        raise UsageError(f"a statement of 1 to {MAX_CHARACTERS} characters without NUL is needed")
    found = Judgement()
    found.effects.extend(effects(text, "postgresql"))
    for effect in found.worst()[:1]:
        rule = effect.rule
        raise UsageError(
            f"refused by rule {rule.id}: {rule.why}", detail=effect.detail, hint=f"Instead: {rule.instead}."
        )


def refuse_volatile(connection: psycopg.Connection[Any], statement: Statement) -> None:
    """Raises for a call of a function, by name or by an operator, that the catalog does not declare to be without side
    effects. What views, policies and casts of the database call is not looked at.
    """
    named = {"schemas": [schema for schema, _ in statement.calls], "names": [name for _, name in statement.calls]}
    every = rows(connection, "permitted", "volatile_functions", **named) if statement.calls else []
    if statement.operators:
        every += rows(connection, "permitted", "volatile_operators", names=list(statement.operators))
    for found in every:
        if found["schema"] != "pg_catalog" or found["name"] not in HARMLESS:
            name = f"{found['schema']}.{found['name']}"
            raise UsageError(
                f"refused: the function {name} is VOLATILE, it may do more than read",
                detail="A read-only transaction stops writes to tables, not what such a function does to sessions, "
                "files, locks or other servers.",
                hint=f"If it only reads, a person can declare it: ALTER FUNCTION {name}(…) STABLE. {WAY_OUT}",
            )


def _only(text: str) -> query.Node:
    statements = query.parse(text)
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements were given, one is run at a time")
    found: query.Node = statements[0].get("stmt", {"nothing": {}})
    return found


def _refuse_parts(tree: query.Node) -> None:
    for node in query.walk(tree):
        if WRITES & node.keys():
            raise _refused("the statement changes rows in a WITH clause", "A read is needed.")
        if "into_clause" in node:
            raise _refused("SELECT INTO creates a table", "A read is needed.")
        if "locking_clause" in node:
            raise _refused("FOR UPDATE and FOR SHARE lock rows against other sessions", "A read is needed.")
        named = node.get("range_var", {})
        if named.get("relname") in SECRET and named.get("schemaname", "pg_catalog") == "pg_catalog":
            raise _refused(
                f"{named['relname']} holds credentials, or what is in the server's files",
                "pg_roles, pg_settings and pg_subscription_rel show the rest.",
            )


def _calls(tree: query.Node) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for node in query.walk(tree):
        names = [part["string"]["sval"] for part in node.get("func_call", {}).get("funcname", []) if "string" in part]
        if names:
            found[names[-2] if len(names) > 1 else "", names[-1]] = None
    return tuple(found)


def _operators(tree: query.Node) -> tuple[str, ...]:
    found = (node["a_expr"].get("name", []) for node in query.walk(tree) if "a_expr" in node)
    return tuple(dict.fromkeys(names[-1]["string"]["sval"] for names in found if names and "string" in names[-1]))


def _refused(message: str, detail: str) -> UsageError:
    return UsageError(f"refused: {message}", detail=detail, hint=WAY_OUT)


def _spoken(kind: str) -> str:
    return kind.removesuffix("_stmt").replace("_", " ").upper()


def _bare(text: str) -> str:
    """Without the semicolon at its end, behind which a comment may stand."""
    return text.strip().rstrip(";").rstrip()
