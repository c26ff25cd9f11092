"""Wrangler, of Cloudflare: D1 databases."""

from __future__ import annotations

from orchestrator.gate.migration import reader, statement, statement_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _execute(call: Call, line: Line) -> None:
    text = line.last("--command")
    if text is not None:
        statement(call, text, "sqlite")
    else:
        statement_file(call, line.last("--file"), "sqlite")


read = reader(
    values="-c --config -e --env --cwd --command --file --timestamp --bookmark --namespace-id --binding --persist-to "
    "--batch-size --output",
    commands={
        "d1 migrations apply": "run-migration",
        "d1 execute": _execute,
        "d1 delete": "destroy-cloud-database",
        "d1 time-travel restore": "restore-over-database",
        "d1 backup restore": "restore-over-database",
        "kv namespace delete": "destroy-cloud-database",
        "kv:namespace delete": "destroy-cloud-database",
        "vectorize delete": "destroy-cloud-database",
    },
)
