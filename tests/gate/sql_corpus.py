"""Statements of every kind, and what PostgreSQL's own grammar finds in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from orchestrator.gate import catalogue
from orchestrator.gate.rule import STRICTNESS
from orchestrator.gate.sql.judge import effects

FILES = ("administration", "changes", "definitions", "drops", "reads")
FALSE = ("false", "off", "0", "no")
KINDS = {"OBJECT_TABLE": "drop table", "OBJECT_SCHEMA": "drop schema", "OBJECT_INDEX": "drop index"}
OTHER_DROPS = (
    "DropRoleStmt",
    "DropTableSpaceStmt",
    "DropSubscriptionStmt",
    "DropUserMappingStmt",
)
# What each rule reports, in the words of the facts below.
REPORTS = {
    "delete-every-row": ("delete", "delete all"),
    "delete-rows": ("delete",),
    "update-every-row": ("update", "update all"),
    "update-rows": ("update",),
    "insert-rows": ("insert",),
    "merge-rows": ("merge",),
    "merge-every-row": ("merge",),
    "truncate-table": ("truncate",),
    "drop-table": ("drop table",),
    "drop-schema": ("drop schema",),
    "drop-index": ("drop index",),
    "drop-database": ("drop database",),
    "drop-owned": ("drop owned",),
    "drop-object": ("drop other",),
    "drop-used-type": ("drop other",),
    "drop-column": ("drop column",),
    "alter-system": ("alter system",),
    "copy-program": ("copy program",),
    "vacuum-full": ("vacuum full",),
    "reindex-blocking": ("reindex",),
    "refresh-blocking": ("refresh",),
    "create-index-blocking": ("index",),
    "select-into-table": ("select into",),
    "grant-privilege": ("grant",),
    "revoke-privilege": ("revoke",),
    "lock-table": ("lock",),
    "cluster-table": ("cluster",),
    "call-procedure": ("call",),
}
CALLS = {
    name.upper()
    for rule in catalogue.for_statement("function")
    for name in getattr(catalogue.module("rules.sql.function." + rule.id.replace("-", "_")), "NAMES", ())
    if rule.id != "switch-triggers-off"
} | {"SETVAL"}


def statements(name: str) -> list[str]:
    return (Path(__file__).parent / "sql" / (name + ".sql")).read_text("utf-8").splitlines()


ALL = [line for name in FILES for line in statements(name)]


def strictness(text: str, dialect: str = "postgresql") -> int:
    return max((STRICTNESS[effect.rule.decision] for effect in effects(text, dialect)), default=0)


def reported(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for effect in effects(text):
        found.update(REPORTS.get(effect.rule.id, ()))
        folder = effect.rule.id.replace("-", "_")
        if folder in catalogue.names("rules/sql/function"):
            found["function"] += 1
    return found


def scanned(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of every token, as PostgreSQL's scanner cuts them."""
    import postgast

    data = text.encode()
    places = [
        (postgast.pg_query_pb2.Token.Name(each.token), each.start, each.end) for each in postgast.scan(text).tokens
    ]
    return [(kind, len(data[:start].decode()), len(data[:end].decode())) for kind, start, end in places]


def parsed(text: str) -> list[int]:
    """Where each statement begins, with the blanks and comments before it."""
    import postgast

    data = text.encode()
    return [len(data[: each.stmt_location].decode()) for each in postgast.parse(text).stmts]


def facts(text: str) -> Counter[str]:
    import postgast

    found: Counter[str] = Counter()
    for raw in postgast.parse(text).stmts:
        _walk(raw.stmt, found)
    return found


def _walk(message: Any, found: Counter[str]) -> None:
    name = message.DESCRIPTOR.name
    if name == "AlterDefaultPrivilegesStmt" or (name == "ExplainStmt" and not _option(message.options, "analyze")):
        return
    fact = FACTS.get(name)
    if fact is not None:
        found.update(fact if isinstance(fact, tuple) else fact(message))
    for field, value in message.ListFields():
        if field.message_type is not None:
            for each in value if field.is_repeated else [value]:
                _walk(each, found)


def _option(options: Any, name: str) -> bool:
    for option in options:
        element = option.def_elem
        if element.defname == name:
            kind = element.arg.WhichOneof("node")
            if kind is None:
                return True
            value = getattr(element.arg, kind)
            text = getattr(value, "sval", None) or getattr(value, "ival", None) or getattr(value, "boolval", "")
            return str(text).lower() not in (*FALSE, "")
    return False


def _rows(word: str) -> Any:
    return lambda statement: (word,) if statement.HasField("where_clause") else (word, word + " all")


def _dropped(statement: Any) -> tuple[str, ...]:
    from postgast.pg_query_pb2 import ObjectType

    return (KINDS.get(ObjectType.Name(statement.remove_type), "drop other"),)


def _altered(statement: Any) -> tuple[str, ...]:
    from postgast.pg_query_pb2 import OBJECT_TABLE, OBJECT_TYPE, AT_DropColumn

    drops = any(command.alter_table_cmd.subtype == AT_DropColumn for command in statement.cmds)
    return ("drop column",) if drops and statement.objtype in (OBJECT_TABLE, OBJECT_TYPE) else ()


def _called(call: Any) -> tuple[str, ...]:
    return ("function",) if call.funcname[-1].string.sval.upper() in CALLS else ()


def _selected(statement: Any) -> tuple[str, ...]:
    permanent = statement.HasField("into_clause") and statement.into_clause.rel.relpersistence != "t"
    return ("select into",) if permanent else ()


FACTS = {
    "DeleteStmt": _rows("delete"),
    "UpdateStmt": _rows("update"),
    "InsertStmt": ("insert",),
    "MergeStmt": ("merge",),
    "TruncateStmt": ("truncate",),
    "DropStmt": _dropped,
    "DropdbStmt": ("drop database",),
    "DropOwnedStmt": ("drop owned",),
    "AlterTableStmt": _altered,
    "AlterSystemStmt": ("alter system",),
    "CopyStmt": lambda statement: ("copy program",) if statement.is_program else (),
    "FuncCall": _called,
    "SelectStmt": _selected,
    "VacuumStmt": lambda statement: ("vacuum full",) if _option(statement.options, "full") else (),
    "ReindexStmt": lambda statement: () if _option(statement.params, "concurrently") else ("reindex",),
    "RefreshMatViewStmt": lambda statement: () if statement.concurrent else ("refresh",),
    "IndexStmt": lambda statement: () if statement.concurrent else ("index",),
    "GrantStmt": lambda statement: ("grant" if statement.is_grant else "revoke",),
    "GrantRoleStmt": lambda statement: ("grant" if statement.is_grant else "revoke",),
    "LockStmt": ("lock",),
    "ClusterStmt": ("cluster",),
    "CallStmt": ("call",),
} | dict.fromkeys(OTHER_DROPS, ("drop other",))
