"""A server that is asked without encryption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_PLAIN = re.compile(r"^(?:http|ws)://(?!localhost\b|127\.|\[::1\])", re.IGNORECASE)


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for server in wiring.servers(document):
        url = server.data.get("url") if isinstance(server.data, dict) else None
        if isinstance(url, str) and _PLAIN.match(url):
            yield Fault(message=f"{url.partition(':')[0]} is not encrypted", pointer=(*server.pointer, "url"))


CHECK = Check(
    id="insecure-server-url",
    severity="warning",
    of=("mcp-servers", "plugin"),
    why="requests, headers and keys go over the network as they are",
    mend="use https or wss",
    source="https://code.claude.com/docs/en/mcp#option-1-add-a-remote-http-server",
    find=find,
    fires_on=(serving(numbers={"type": "http", "url": "http://example.org/mcp"}),),
    silent_on=(
        serving(numbers={"type": "http", "url": "https://example.org/mcp"}),
        serving(numbers={"type": "http", "url": "http://127.0.0.1:8080/mcp"}),
    ),
)
