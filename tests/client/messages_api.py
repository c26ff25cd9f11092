"""A Messages API on loopback that plays a script, so that the real client runs without a network and without a model.

The answer depends on nothing but the request: which lane fits, and how many turns of the assistant it holds already.
Retries, subagents and resumed sessions therefore all see the same script.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

PATH = "/v1/messages"
AGENT_HEADER = "x-claude-code-agent-id"
REQUEST_LIMIT = 100


@dataclass(frozen=True, kw_only=True)
class ToolUse:
    name: str
    input: dict[str, Any]


Said: TypeAlias = str | Sequence[ToolUse]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """What the model says, turn by turn: text, or calls of tools. The last turn is repeated.

    A turn may be a function that does something first. `subagent` is true for the script of the subagents.
    """

    turns: Sequence[Said | Callable[[], Said]]
    subagent: bool = False


@dataclass(frozen=True, kw_only=True)
class Request:
    subagent: bool
    body: dict[str, Any]

    def results(self) -> list[str]:
        """Texts of the tool results that the model gets to read."""
        blocks = [block for message in self.body["messages"] for block in _blocks(message["content"])]
        return [_text(block["content"]) for block in blocks if block["type"] == "tool_result"]


@dataclass(frozen=True, kw_only=True)
class Api:
    url: str
    requests: list[Request] = field(default_factory=list)

    def results(self, *, subagent: bool = False) -> list[str]:
        """Tool results that reached the model at last, of the main thread or of the subagent."""
        seen = [request for request in self.requests if request.subagent == subagent]
        return seen[-1].results() if seen else []


@contextmanager
def serving(lanes: Sequence[Lane]) -> Iterator[Api]:
    """Serves until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    api = Api(url=f"http://127.0.0.1:{server.server_address[1]}")
    server.lanes, server.api = lanes, api  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


def _blocks(content: str | list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _text(content: str | list[dict[str, Any]]) -> str:
    return "\n".join(block.get("text", "") for block in _blocks(content))


def turn(lanes: Sequence[Lane], request: Request) -> Said:
    """The script's answer to a request; "done" where no lane fits."""
    said = sum(message["role"] == "assistant" for message in request.body["messages"])
    for lane in lanes:
        if lane.subagent == request.subagent:
            found = lane.turns[min(said, len(lane.turns) - 1)]
            return found() if callable(found) else found
    return "done"


def stream(said: Said, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The answer as the names and data of server-sent events."""
    usage = {"input_tokens": 10, "output_tokens": 10, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}
    message = {"id": f"msg_{number}", "type": "message", "role": "assistant", "model": "script", "content": []}
    yield "message_start", {"message": {**message, "stop_reason": None, "stop_sequence": None, "usage": usage}}
    for index, block in enumerate([said] if isinstance(said, str) else said):
        if isinstance(block, str):
            start: dict[str, Any] = {"type": "text", "text": ""}
            delta = {"type": "text_delta", "text": block}
        else:
            start = {"type": "tool_use", "id": f"toolu_{number}_{index}", "name": block.name, "input": {}}
            delta = {"type": "input_json_delta", "partial_json": json.dumps(block.input)}
        yield "content_block_start", {"index": index, "content_block": start}
        yield "content_block_delta", {"index": index, "delta": delta}
        yield "content_block_stop", {"index": index}
    reason = "end_turn" if isinstance(said, str) else "tool_use"
    yield "message_delta", {"delta": {"stop_reason": reason, "stop_sequence": None}, "usage": {"output_tokens": 10}}
    yield "message_stop", {}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        api: Api = self.server.api  # type: ignore[attr-defined]
        if self.path.partition("?")[0] != PATH or len(api.requests) >= REQUEST_LIMIT:
            self.send_error(404)
            return
        request = Request(subagent=AGENT_HEADER in self.headers, body=body)
        api.requests.append(request)
        said = turn(self.server.lanes, request)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("connection", "close")
        self.end_headers()
        for name, data in stream(said, len(api.requests)):
            self.wfile.write(f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode())

    def log_message(self, *_: object) -> None:
        pass
