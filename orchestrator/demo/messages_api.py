"""A Messages API on loopback that plays a script, so that the real client runs without a network and without a model.

The answer depends on nothing but the request: which lane fits, and how many turns of the assistant it holds already.
Retries, subagents and resumed sessions therefore all see the same script.

`python -m orchestrator.demo.messages_api SCRIPT.json` serves a script of its own until it is interrupted; the shape of
the file is that of `read_script`.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias

PATH = "/v1/messages"
AGENT_HEADER = "x-claude-code-agent-id"
REQUEST_LIMIT = 2_000


@dataclass(frozen=True, kw_only=True)
class ToolUse:
    name: str
    input: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request of the client. `subagent` is true where a subagent asks."""

    subagent: bool
    body: dict[str, Any]

    @property
    def system(self) -> str:
        """The system prompt; of a subagent, with the text of its definition."""
        return _text(self.body.get("system") or "")

    @property
    def context(self) -> str:
        """Everything that is not said by the model or returned by a tool: prompts, skills, what hooks add."""
        said = [message for message in self.body["messages"] if message["role"] != "assistant"]
        return "\n".join(_text(message["content"]) for message in said)

    @property
    def turn(self) -> int:
        """How many turns of the assistant it holds."""
        return sum(message["role"] == "assistant" for message in self.body["messages"])

    @property
    def tools(self) -> list[str]:
        return [tool["name"] for tool in self.body.get("tools", ())]

    def results(self) -> list[str]:
        """Texts of the tool results that the model gets to read."""
        blocks = [block for message in self.body["messages"] for block in _blocks(message["content"])]
        return [_text(block["content"]) for block in blocks if block["type"] == "tool_result"]


Said: TypeAlias = str | Sequence[ToolUse]
Turn: TypeAlias = Said | Callable[[Request], Said]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """What the model says, turn by turn: text, or calls of tools. The last turn is repeated.

    A turn may be a function of the request. `subagent` is true for the script of subagents, of those only whose
    definition holds the text `system`.
    """

    turns: Sequence[Turn]
    subagent: bool = False
    system: str = ""

    def fits(self, request: Request) -> bool:
        return self.subagent == request.subagent and self.system in request.system


@dataclass(frozen=True, kw_only=True)
class Api:
    url: str
    requests: list[Request] = field(default_factory=list)

    def of(self, *, subagent: bool = False, system: str = "") -> list[Request]:
        """The requests of the main thread, or of the subagents whose definition holds `system`."""
        return [each for each in self.requests if each.subagent == subagent and system in each.system]

    def results(self, *, subagent: bool = False, system: str = "") -> list[str]:
        """Tool results that reached the model at last, of the main thread or of the subagent."""
        seen = self.of(subagent=subagent, system=system)
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
    for lane in lanes:
        if lane.fits(request):
            found = lane.turns[min(request.turn, len(lane.turns) - 1)]
            return found(request) if callable(found) else found
    return "done"


def stream(said: Said, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The answer as the names and data of server-sent events."""
    usage = {"input_tokens": 10, "output_tokens": 10, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}
    message = {"id": f"msg_{number}", "type": "message", "role": "assistant", "model": "script", "content": []}
    yield "message_start", {"message": {**message, "stop_reason": None, "stop_sequence": None, "usage": usage}}
    blocks: Sequence[str | ToolUse] = [said] if isinstance(said, str) else said
    for index, block in enumerate(blocks):
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


def read_script(path: Path) -> list[Lane]:
    """The lanes of a JSON file: `[{"subagent": false, "system": "", "turns": ["text", [{"name", "input"}]]}]`."""
    return [_lane(each) for each in json.loads(path.read_text(encoding="utf-8"))]


def _lane(entry: Mapping[str, Any]) -> Lane:
    turns = [said if isinstance(said, str) else [ToolUse(**use) for use in said] for said in entry["turns"]]
    return Lane(turns=turns, subagent=entry.get("subagent", False), system=entry.get("system", ""))


def main() -> None:
    with serving(read_script(Path(sys.argv[1]))) as api:
        sys.stdout.write(f"ANTHROPIC_BASE_URL={api.url}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
