"""One event of the client, as the hooks receive it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLUGIN = "pgwright"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, kw_only=True)
class Event:
    """`agent` is the bare name of an agent of ours, "" for the main thread and for agents of others.

    `agent_id` is "" in the main thread. `data` is the plugin's writable folder, None where the client names none.
    """

    name: str
    session_id: str
    agent: str
    agent_id: str
    project: Path
    data: Path | None
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tool(self) -> str:
        return self.text("tool_name")

    @property
    def call_id(self) -> str:
        """The id of the tool call, as a name that can lead nowhere; "" where the client gave none."""
        given = self.text("tool_use_id")
        if not given or _NAME.fullmatch(given):
            return given
        return "call-" + hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def given(self) -> dict[str, Any]:
        """What the tool was given."""
        found = self.raw.get("tool_input")
        return found if isinstance(found, dict) else {}

    def text(self, key: str) -> str:
        found = self.raw.get(key)
        return found if isinstance(found, str) else ""


def read(raw: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Event:
    """Raises ValueError for an event whose names could lead out of our folders."""
    data = environment.get("CLAUDE_PLUGIN_DATA", "")
    return Event(
        name=str(raw.get("hook_event_name", "")),
        session_id=_plain(raw, "session_id"),
        agent=ours(str(raw.get("agent_type") or "")),
        agent_id=_plain(raw, "agent_id"),
        project=Path(environment.get("CLAUDE_PROJECT_DIR") or str(raw.get("cwd") or Path.cwd())),
        data=Path(data) if data.startswith("/") else None,
        raw=raw,
    )


def ours(agent_type: str) -> str:
    """The bare name of one of our agents, "" for another."""
    plugin, _, name = agent_type.partition(":")
    return name if plugin == PLUGIN and _NAME.fullmatch(name) else ""


def _plain(raw: Mapping[str, Any], key: str) -> str:
    found = raw.get(key)
    if found in (None, ""):
        return ""
    if not isinstance(found, str) or not _NAME.fullmatch(found):
        raise ValueError(f"{key} is not a name: {str(found)[:80]!r}")
    return found
