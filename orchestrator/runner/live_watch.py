"""What is seen of a session while it runs: told to the person at the terminal, and counted for the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestrator.runner import live_trust
from orchestrator.runner.live_prompt import PLUGIN
from orchestrator.runner.live_record import Journal

Event = Mapping[str, Any]
LONGEST_LINE = 160
_HOOK_WORDS = "hook error"


class Watch:
    """`hear` is called with every message of the session. It raises where the session must not go on."""

    def __init__(self, journal: Journal, say: Callable[[str], None], *, plugin: Path, agents: Sequence[str]) -> None:
        self.journal = journal
        self.say = say
        self.init: dict[str, Any] = {}
        self.refusals: dict[str, dict[str, Any]] = {}
        self._plugin = plugin
        self._agents = agents
        self._hooks = live_trust.Hooks()
        self._names: dict[str, str] = {}  # of subagents, by the id of the call that started each
        self._calls: dict[str, dict[str, Any]] = {}
        self._handlers: dict[str, Callable[[Event], None]] = {
            "HookEventMessage": self._hook,
            "SystemMessage": self._system,
            "AssistantMessage": self._said,
            "UserMessage": self._returned,
            "TaskStartedMessage": self._started,
            "TaskNotificationMessage": self._ended,
            "ResultMessage": self._result,
        }

    def hear(self, kind: str, event: Event) -> None:
        self.journal.write(kind, event)
        if handler := self._handlers.get(kind):
            handler(event)

    def _hook(self, event: Event) -> None:
        if event["subtype"] == "hook_response":
            data = event["data"]
            self._hooks.ran(event["hook_event_name"], str(data.get("hook_name", "")), str(data.get("outcome", "")))

    def _system(self, event: Event) -> None:
        data = event["data"]
        if event["subtype"] == "init":
            live_trust.check_start(data, plugin=self._plugin, agents=self._agents)
            self.init = dict(data)
            for server in data.get("mcp_servers") or ():
                if server.get("status") not in ("connected", "pending"):
                    self.say(f"note: the tools of {server.get('name')} are not there: {server.get('status')}")
        elif event["subtype"] == "permission_denied":
            self._refused(str(data.get("tool_use_id")), str(data.get("tool_name")), str(data.get("message") or ""))
        elif event["subtype"] == "api_retry":
            status = data.get("error_status") or data.get("status") or "no answer"
            self.say(f"note: the API did not answer ({status}); try {data.get('attempt', '')} follows")

    def _said(self, event: Event) -> None:
        """Nothing that a model says is looked at before the session is known to be ours."""
        if not self.init:
            live_trust.check_start({}, plugin=self._plugin, agents=self._agents)
        self._hooks.check_started()
        for block in event["content"]:
            if "name" in block and "input" in block:
                self._calls[block["id"]] = {"tool": block["name"], "input": block["input"]}
                who = self._names.get(event["parent_tool_use_id"])
                if who:
                    self.say(f"  {who}: {block['name']}")

    def _returned(self, event: Event) -> None:
        blocks = event["content"] if isinstance(event["content"], list) else ()
        for block in blocks:
            call = self._calls.get(block.get("tool_use_id", ""))
            if call is None:
                continue
            if not block.get("is_error"):
                self._hooks.check_result(call["tool"])
            elif _HOOK_WORDS in (text := _text(block["content"])):
                self._refused(block["tool_use_id"], call["tool"], text)

    def _refused(self, call_id: str, tool: str, why: str) -> None:
        if call_id in self.refusals:
            return
        shown = self.journal.text(_without_frame(why))
        given = self._calls.get(call_id, {}).get("input", {})
        self.refusals[call_id] = {"tool": tool, "input": self.journal.clean(given), "why": shown}
        self.say(f"  held: {tool}: {_shortened(shown)}")

    def _started(self, event: Event) -> None:
        agent = str(event["data"].get("subagent_type", "")).removeprefix(f"{PLUGIN}:")
        self._names[str(event["tool_use_id"])] = agent
        self.say(f"{agent} begins")

    def _ended(self, event: Event) -> None:
        agent = self._names.get(str(event["tool_use_id"]), "an agent")
        used = event["usage"] or {}
        self.say(f"{agent} has ended: {event['status']}, {used.get('tool_uses', 0)} tool calls")

    def _result(self, event: Event) -> None:
        for denial in event["permission_denials"] or ():
            given = self._calls.setdefault(
                str(denial.get("tool_use_id")), {"tool": denial.get("tool_name"), "input": denial.get("tool_input", {})}
            )
            self._refused(str(denial.get("tool_use_id")), str(given["tool"]), "")


def spawned(journal: Journal) -> list[str]:
    """Names of the agents that this run's session has started, in all of its processes."""
    started = [event["data"]["data"] for event in journal.events() if event["kind"] == "TaskStartedMessage"]
    return [str(each.get("subagent_type", "")).removeprefix(f"{PLUGIN}:") for each in started]


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(str(block.get("text", "")) for block in content) if isinstance(content, list) else ""


def _without_frame(text: str) -> str:
    """The reason of a hook without the client's words around it."""
    lines = [line for line in text.splitlines() if line and not line.startswith("This hook comes from")]
    joined = "\n".join(lines)
    return joined.partition("]: ")[2] if _HOOK_WORDS in joined.partition("]: ")[0] else joined


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"
