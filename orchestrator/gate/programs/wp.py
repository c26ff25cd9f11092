"""WP-CLI."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, reader, statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _query(call: Call, line: Line) -> None:
    if line.rest:
        statement(call, line.rest[0], "mysql")
    else:
        client_input(call, "mysql")


def _import(call: Call, line: Line) -> None:
    if line.rest != ["-"]:
        call.effect("load-schema")
    else:
        client_input(call, "mysql")


def _eval(call: Call, line: Line) -> None:
    call.code("php", " ".join(line.rest[:1]))


def _eval_file(call: Call, line: Line) -> None:
    text = call.read(line.rest[0]) if line.rest else None
    if text is not None:
        call.code("php", text, script=True)


read = reader(
    commands={
        "db query": _query,
        "db cli": _query,
        "db connect": _query,
        "db import": _import,
        "db reset": "reset-database",
        "db clean": "reset-database",
        "db drop": "destroy-database",
        "site empty": "reset-database",
        "search-replace": "nothing if --dry-run --export; rewrite-records",
        "eval": _eval,
        "eval-file": _eval_file,
    },
)
