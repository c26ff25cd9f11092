"""Drush."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, reader, statement, statement_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _query(call: Call, line: Line) -> None:
    path = line.last("--file")
    if line.rest:
        statement(call, line.rest[0], "mysql")
    elif path is not None:
        statement_file(call, path, "mysql")
    else:
        client_input(call, "mysql")


def _eval(call: Call, line: Line) -> None:
    call.code("php", " ".join(line.rest[:1]))


def _normal(name: str) -> str:
    name = name.replace("-", ":")
    return {"sqlq": "sql:query", "sqlc": "sql:cli", "updb": "updatedb", "si": "site:install", "ev": "eval"}.get(
        name, name
    )


read = reader(
    values="-l --uri -r --root --file --database --db-url --target",
    quiet="--simulate",
    commands={
        "sql:query": _query,
        "sql:cli": _query,
        "sql:drop": "reset-database",
        "sql:create": "reset-database",
        "sql:sync": "restore-over-database",
        "sql:sanitize": "rewrite-records",
        "updatedb": "run-migration",
        "deploy": "run-migration",
        "site:install": "reset-database",
        "entity:delete": "prune-records",
        "php:eval": _eval,
        "eval": _eval,
        "status": "nothing",
    },
    normal=_normal,
    skip=True,
)
