"""The real server process, spoken to by the protocol's own client."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.plugin import paths

NEEDED = "needs the package mcp: pip install mcp"
TABLES = """
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, customer_id bigint REFERENCES customers, placed_at timestamp, note text);
INSERT INTO customers (name) SELECT 'name ' || g FROM generate_series(1, 10) g;
INSERT INTO orders (customer_id, note) SELECT 1 + g % 10, repeat('x', 100) FROM generate_series(1, 3000) g;
ANALYZE customers, orders;
"""


@dataclass(frozen=True, kw_only=True)
class Result:
    text: str
    data: Any
    failed: bool


class Client:
    """A session with one server process."""

    def __init__(self, portal: Any, session: Any, errors: Path) -> None:
        self.portal = portal
        self.session = session
        self.errors = errors
        self.progress: list[str] = []

    def call(self, tool: str, /, **arguments: Any) -> Result:
        async def told(_progress: float, _total: float | None, message: str | None) -> None:
            self.progress.append(message or "")

        async def ask() -> Any:
            return await self.session.call_tool(tool, arguments, progress_callback=told)

        found = self.portal.call(ask)
        return Result(text=found.content[0].text, data=found.structured_content, failed=found.is_error)

    def tools(self) -> dict[str, Any]:
        return {tool.name: tool for tool in self.portal.call(self.session.list_tools).tools}

    def instructions(self) -> str:
        return self.session.instructions or ""


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "orchestrator", "mcp", *words]


def environment(folder: Path) -> dict[str, str]:
    """Nothing of the user and no PG* variable."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG") if name in os.environ}
    return kept | {"HOME": str(folder), "PYTHONPATH": str(paths.PACKAGE.parent)}


@asynccontextmanager
async def connected(words: Sequence[str], env: Mapping[str, str], cwd: Path, errors: Any) -> AsyncIterator[Any]:
    from mcp import ClientSession, StdioServerParameters, stdio_client

    given = StdioServerParameters(command=words[0], args=list(words[1:]), env=dict(env), cwd=cwd)
    async with stdio_client(given, errlog=errors) as (incoming, outgoing), ClientSession(incoming, outgoing) as session:
        await session.initialize()
        yield session


@contextmanager
def talking(words: Sequence[str], env: Mapping[str, str], cwd: Path, errors: Path) -> Iterator[Client]:
    from anyio.from_thread import start_blocking_portal

    with (
        errors.open("w") as said,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(connected(words, env, cwd, said)) as session,
    ):
        yield Client(portal, session, errors)
