"""An MCP server with one tool that takes SQL: it writes what reaches it into a file, and runs nothing.

usage: sql_server.py FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TOOL = {
    "name": "execute_sql",
    "description": "Runs SQL",
    "inputSchema": {"type": "object", "properties": {"sql": {"type": "string"}}, "required": ["sql"]},
}


def answer(request: dict, log: Path) -> dict:
    method = request["method"]
    if method == "initialize":
        server = {"name": "sql", "version": "1"}
        version = request["params"]["protocolVersion"]
        return {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": server}
    if method == "tools/list":
        return {"tools": [TOOL]}
    if method == "tools/call":
        with log.open("a", encoding="utf-8") as file:
            file.write(request["params"]["arguments"]["sql"] + "\n")
        return {"content": [{"type": "text", "text": "the server ran it"}]}
    return {}


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        if "id" in request:
            reply = {"jsonrpc": "2.0", "id": request["id"], "result": answer(request, Path(sys.argv[1]))}
            sys.stdout.write(json.dumps(reply) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
