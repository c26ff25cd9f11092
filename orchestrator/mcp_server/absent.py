"""A server without tools that says what is missing: a client remembers a failed start for a while and does not say why.

It runs where pgwright is not installed: standard library only, Python 3.9, as a script.
"""

from __future__ import annotations

import json
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict  # noqa: UP035 # Python 3.9

    Message = Dict[str, Any]  # noqa: UP006

PLUGIN = __file__.rpartition("/orchestrator/")[0]
NOT_INSTALLED = (
    "pgwright is not installed on this machine, so it has no tools here: run  pipx install '" + PLUGIN + "'  and"
    " reconnect the server. The plugin's agents, skills and gates work without it."
)
PROTOCOL = "2025-06-18"
METHOD_NOT_FOUND = -32601
PARSE_ERROR = -32700


def answer(request: Message, text: str) -> Message:
    """The reply to one request, without its id."""
    method = request.get("method")
    if method == "initialize":
        asked = request.get("params")
        version = asked.get("protocolVersion", PROTOCOL) if isinstance(asked, dict) else PROTOCOL
        server = {"name": "pgwright", "version": "0"}
        capabilities: Message = {"tools": {}}
        return {
            "result": {
                "protocolVersion": version,
                "capabilities": capabilities,
                "serverInfo": server,
                "instructions": text,
            }
        }
    if method == "tools/list":
        return {"result": {"tools": []}}
    if method == "ping":
        return {"result": {}}
    if method == "tools/call":
        return {"result": {"content": [{"type": "text", "text": "error: " + text}], "isError": True}}
    return {"error": {"code": METHOD_NOT_FOUND, "message": "there is no method %s here" % method}}  # noqa: UP031


def serve(text: str = NOT_INSTALLED) -> None:
    """Answers a line a request until standard input ends."""
    for line in sys.stdin:
        try:
            request = json.loads(line)
        except ValueError:
            request = None
        if not isinstance(request, dict):
            reply: Message = {"error": {"code": PARSE_ERROR, "message": "a line holds no JSON object"}, "id": None}
        elif "id" in request:
            reply = answer(request, text) | {"id": request["id"]}
        else:
            continue
        sys.stdout.write(json.dumps({"jsonrpc": "2.0"} | reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    try:
        serve()
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(0)
