"""The tables of the user's server, and what its catalog says against them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orchestrator.mcp_server import reading
from orchestrator.mcp_server.answer import Answer
from orchestrator.mcp_server.setup import Setup
from orchestrator.model.errors import UsageError
from orchestrator.pg import connect, structure

SHOWN_FINDINGS = 100


def inspect(setup: Setup, *, schema: str | None, tables: Sequence[str] | None) -> Answer:
    names = reading.names(tables) or None
    with reading.session(setup) as connection:
        found = structure.tables(connection, schema=schema, names=names)
        _refuse_missing(found, schema, names)
        kept = found[: structure.MAX_TABLES]
        findings = structure.findings(connection, [each["oid"] for each in kept])
        server = reading.records(connection, "catalog", "server")[0]
    cut = [f"more than {structure.MAX_TABLES} tables: name the ones that matter"] if len(kept) < len(found) else []
    cut += _shortened(kept, setup.max_bytes * 6 // 10)  # a client takes about 25,000 tokens of an answer
    if len(findings) > SHOWN_FINDINGS:
        cut.append(f"{len(findings)} findings: the first {SHOWN_FINDINGS} are here")
    for each in kept:
        del each["oid"]
    data: dict[str, Any] = {
        "schema": "mcp-inspect",
        "server": {
            "postgresql": server["version"],
            "database": server["database"],
            "from": connect.shown(setup.server()),
        },
        "tables": kept,
        "findings": findings[:SHOWN_FINDINGS],
        "cut": cut,
    }
    return Answer(text=_text(data), data=data)


def _refuse_missing(found: Sequence[dict[str, Any]], schema: str | None, names: Sequence[str] | None) -> None:
    there = {name for each in found for name in (each["name"], f"{each['schema']}.{each['name']}")}
    missing = [name for name in names or [] if name not in there]
    if missing or (schema is not None and not found):
        what = f"tables {', '.join(missing)}" if missing else f'tables in schema "{schema}"'
        raise UsageError(
            f"there are no {what} in this database, or none that this role sees",
            hint="Call inspect without arguments for all tables; names are as the catalog has them, without quotes.",
        )


def _shortened(tables: list[dict[str, Any]], max_bytes: int) -> list[str]:
    """Leaves the parts of the last tables out until the answer fits."""
    size, dropped = 0, []
    for each in tables:
        size += len(str(each))
        if size > max_bytes:
            each.update(columns=[], constraints=[], indexes=[])
            dropped.append(f"{each['schema']}.{each['name']}")
    shown = ", ".join(dropped[:5]) + (" …" if len(dropped) > 5 else "")
    return [f"{len(dropped)} tables without their parts: {shown}; name them to see all"] if dropped else []


def _text(data: dict[str, Any]) -> str:
    lines = [f"PostgreSQL {data['server']['postgresql']}, database {data['server']['database']}"]
    for each in data["tables"]:
        rows = (
            "rows unknown, never analyzed" if each["estimated_rows"] is None else f"about {each['estimated_rows']} rows"
        )
        size = f"{each['size_bytes']} bytes + {each['indexes_size_bytes']} in indexes"
        lines.append(f"{each['kind']} {each['schema']}.{each['name']}: {rows}, {size}")
        lines += [f"  {_column(column)}" for column in each["columns"]]
        lines += [f"  constraint {found['name']}: {found['definition']}" for found in each["constraints"]]
        lines += [f"  {found['definition']}{'' if found['is_valid'] else ' -- INVALID'}" for found in each["indexes"]]
    lines.append(f"findings: {len(data['findings'])}")
    lines += [
        f"  {each['severity']} {each['code']} {each['table']} ({each['evidence']}): {each['why']}; {each['instead']}"
        for each in data["findings"]
    ]
    return "\n".join([*lines, *(f"note: {each}" for each in data["cut"])])


def _column(column: dict[str, Any]) -> str:
    parts = [column["name"], column["type"], "not null" if column["not_null"] else "", column["made_by"]]
    default = f"default {column['default_sql']}" if column["default_sql"] and not column["made_by"] else ""
    return " ".join(part for part in [*parts, default] if part)
