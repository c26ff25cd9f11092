"""clickhouse has the client, the local engine and the server as subcommands."""

from __future__ import annotations

from orchestrator.gate.programs import clickhouse_client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    args = call.args
    if args and args[0] in ("client", "--client"):
        clickhouse_client.give(call, clickhouse_client.options(args[1:]))
    elif args and args[0] in ("local", "--local"):
        local(call, args[1:])


def local(call: Call, args: list[str]) -> None:
    """The local engine keeps nothing, unless it has a path."""
    found = clickhouse_client.options(args)
    if found.has("path"):
        clickhouse_client.give(call, found)
