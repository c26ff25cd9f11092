"""The hooks beside the gate as the client starts them: one process for each event; and answers of agents."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.plugin import paths

ENGINEER = "pgwright:database-engineer"
REVIEWER = "pgwright:code-quality-reviewer"
EVENTS = {
    "session-start": "SessionStart",
    "spawn": "PreToolUse",
    "subagent-start": "SubagentStart",
    "call": "PreToolUse",
    "result": "PostToolUse",
    "denied": "PermissionDenied",
    "subagent-stop": "SubagentStop",
    "stop": "Stop",
    "pre-compact": "PreCompact",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a hook printed; `reply` is {} where it said nothing."""

    code: int
    reply: dict[str, Any]
    stderr: str

    @property
    def context(self) -> str:
        return str(self.reply.get("hookSpecificOutput", {}).get("additionalContext", ""))

    @property
    def denial(self) -> str:
        decision = self.reply.get("hookSpecificOutput", {})
        return str(decision["permissionDecisionReason"]) if decision.get("permissionDecision") == "deny" else ""


@dataclass(kw_only=True)
class Client:
    """Sends events of one session, as the client would."""

    project: Path
    data: Path
    session: str = "s-1"
    path: str = "/usr/local/bin:/usr/bin:/bin"
    plugin: Path = field(default_factory=paths.root)

    def environment(self) -> dict[str, str]:
        return {
            "PATH": self.path,
            "HOME": str(self.data.parent),
            "CLAUDE_PROJECT_DIR": str(self.project),
            "CLAUDE_PLUGIN_DATA": str(self.data),
        }

    def command(self, mode: str) -> list[str]:
        return ["/bin/sh", str(self.plugin / "hooks" / "contract"), mode]

    def event(self, mode: str, **keys: Any) -> bytes:
        base = {"session_id": self.session, "cwd": str(self.project)}
        own = {name: keys.pop(name) for name in ("agent_id", "agent_type") if name in keys}
        return json.dumps({**base, **own, "hook_event_name": EVENTS[mode], **keys}, separators=(",", ":")).encode()

    def send(self, mode: str, **keys: Any) -> Answer:
        return self.raw(mode, self.event(mode, **keys))

    def raw(self, mode: str, content: bytes) -> Answer:
        done = subprocess.run(
            self.command(mode), input=content, env=self.environment(), capture_output=True, timeout=60, check=False
        )
        text = done.stdout.decode()
        return Answer(code=done.returncode, reply=json.loads(text) if text else {}, stderr=done.stderr.decode())

    def start(self, agent_id: str = "a1", agent_type: str = ENGINEER, prompt: str = "") -> Answer:
        """An Agent call and the start of its subagent."""
        if prompt:
            given = {"subagent_type": agent_type, "prompt": prompt, "description": "work"}
            self.send("spawn", tool_name="Agent", tool_input=given, tool_use_id=f"toolu_{agent_id}")
        return self.send("subagent-start", agent_id=agent_id, agent_type=agent_type)

    def call(self, number: int, tool: str = "Read", agent_id: str = "a1", **given: Any) -> Answer:
        return self.send(
            "call", agent_id=agent_id, agent_type=ENGINEER, tool_name=tool, tool_input=given, tool_use_id=f"t{number}"
        )

    def result(self, number: int, response: Any, tool: str = "Bash", agent_id: str = "a1", **given: Any) -> Answer:
        return self.send(
            "result",
            agent_id=agent_id,
            agent_type=ENGINEER,
            tool_name=tool,
            tool_input=given,
            tool_response=response,
            tool_use_id=f"t{number}",
            duration_ms=12,
        )

    def end(self, message: str, agent_id: str = "a1", agent_type: str = ENGINEER, *, again: bool = False) -> Answer:
        return self.send(
            "subagent-stop",
            agent_id=agent_id,
            agent_type=agent_type,
            stop_hook_active=again,
            last_assistant_message=message,
        )

    @property
    def context(self) -> Path:
        return self.project / "context"

    def state(self) -> dict[str, Any]:
        return json.loads((self.context / "session" / "state.json").read_text())

    def head(self, agent_id: str = "a1") -> dict[str, Any]:
        return json.loads((self.context / "runs" / f"agent-{agent_id}" / "agent.json").read_text())

    def lines(self, agent_id: str = "a1") -> list[dict[str, Any]]:
        text = (self.context / "runs" / f"agent-{agent_id}" / "calls.jsonl").read_text()
        return [json.loads(line) for line in text.splitlines() if line]

    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.project)) for path in self.project.rglob("*") if path.is_file())


def answer(**changed: Any) -> dict[str, Any]:
    """A valid answer of the database engineer."""
    lists = ("migrations_created", "indexes_added", "constraints_added", "performance_findings", "recommendations")
    empty: dict[str, Any] = {key: [] for key in lists}
    evidence = {
        "id": "E1",
        "topic": "speed",
        "about": "orders",
        "kind": "measured",
        "claim": "91.7 ms before, 1.4 ms after",
        "how": "paired trials",
        "value": {},
    }
    return {**empty, "evidence": [evidence]} | changed


def finding(before: float | None, after: float | None, *evidence: str) -> list[dict[str, Any]]:
    return [{"query": "q", "before_ms": before, "after_ms": after, "fix": "an index", "evidence": list(evidence)}]


def review(verdict: str, subject: str) -> str:
    lists: dict[str, Any] = {"findings": [], "questions": [], "not_checked": [], "evidence": []}
    return json.dumps({"verdict": verdict, "subject": subject, **lists})
