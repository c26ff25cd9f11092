"""The server on standard input and output."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Any

import orchestrator
from orchestrator.mcp_server.answer import Tool, as_mcp, failure, misfit
from orchestrator.mcp_server.setup import Setup

FAMILIES = ("pgwright", "postgres-mcp", "pg-aiguide", "mem0")
INTERRUPTED = 130
INSTRUCTIONS = """\
PostgreSQL tools whose every statement says how it is known: proven (run and observed), measured (numbers with an
interval) or inferred (read from a text, a plan or statistics). The user's server is read in a read-only session that is
rolled back; measuring and proving happen on a disposable server. recall comes before a decision and remember after it.
"""


def tools(setup: Setup, only: str | None = None) -> list[Tool]:
    """The tools of one family, or of all."""
    from orchestrator.mcp_server.families import mem0, pg_aiguide, pgwright, postgres_mcp

    modules = {"pgwright": pgwright, "postgres-mcp": postgres_mcp, "pg-aiguide": pg_aiguide, "mem0": mem0}
    return [tool for name, module in modules.items() if only in (None, name) for tool in module.tools(setup)]


def build(setup: Setup, only: str | None = None) -> Any:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from pydantic import ValidationError

    class Server(MCPServer[None]):
        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            try:
                return await super().call_tool(name, arguments, context)
            except ToolError as error:
                cause = error.__cause__
                return failure(
                    misfit(name, cause.errors()) if isinstance(cause, ValidationError) else f"error: {error}"
                )

    return Server(
        name=only or "pgwright",
        title="pgwright" if only in (None, "pgwright") else f"pgwright, with the tools of {only}",
        version=orchestrator.__version__,
        instructions=INSTRUCTIONS,
        tools=[as_mcp(tool, setup) for tool in tools(setup, only)],
        log_level="ERROR",
    )


def serve(setup: Setup, only: str | None = None) -> None:
    """Serves until standard input ends. Child processes end with this one: they hold the other end of a pipe."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    build(setup, only).run("stdio")


def _leave(_number: int, _frame: FrameType | None) -> None:
    """The thread that waits for standard input cannot be interrupted, so nothing is waited for."""
    sys.stderr.flush()
    os._exit(INTERRUPTED)
