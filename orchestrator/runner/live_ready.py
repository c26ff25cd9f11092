"""What a live run needs before anything is paid for: a key, the client, the plugin's files. Said at once if missing.

Only environment variables are looked at, and only whether they are set: no file with credentials is ever read.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.plugin import paths

KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN")
SWITCHES = ("CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY")
INSIDE = "ORCHESTRATE_LIVE_RUN"
_OFF = ("", "0", "false", "no", "off")
# Without one of these the plugin would load without its gate, or not at all.
_PARTS = (".claude-plugin/plugin.json", "hooks/hooks.json", "hooks/gate", "agents")
WITHOUT = (
    'Without a model: orchestrate "optimize hybrid search", route, recall and gate work offline,'
    " and the agent files work inside Claude Code."
)


def has_key(environment: Mapping[str, str] = os.environ) -> bool:
    """True if the environment names a way to a model. Whether the key is accepted shows only in the first answer."""
    return any(environment.get(name) for name in KEYS) or any(
        environment.get(name, "").lower() not in _OFF for name in SWITCHES
    )


def client() -> Path | None:
    """The client that the SDK brings, None where the SDK or its client is not installed."""
    spec = importlib.util.find_spec("claude_agent_sdk")
    found = Path(spec.origin).parent / "_bundled" / "claude" if spec and spec.origin else None
    return found if found and os.access(found, os.X_OK) else None


def is_ready() -> bool:
    """True if a live run can begin here."""
    return has_key() and client() is not None and not os.environ.get(INSIDE) and not _missing_parts()


def check() -> Path:
    """The client. Raises CouldNotFindOut for what is missing, and UsageError inside of another live run."""
    if run_id := os.environ.get(INSIDE):
        raise UsageError(
            f"a live run cannot begin another: this is inside of run {run_id}",
            hint="Use the tools of the run itself, or --engine offline.",
        )
    found = client()
    if found is None:
        raise CouldNotFindOut(
            "the Claude Agent SDK with its client is not installed, and --engine live needs it",
            detail=WITHOUT,
            hint="pip install claude-agent-sdk",
        )
    if not has_key():
        raise CouldNotFindOut(
            "no key for a model is set, and --engine live needs one",
            detail=WITHOUT,
            hint=f"Set {KEYS[0]}, {KEYS[1]} or {KEYS[2]} (claude setup-token makes one),"
            f" or {SWITCHES[0]}=1 or {SWITCHES[1]}=1.",
        )
    check_plugin()
    return found


def check_plugin() -> None:
    """Raises CouldNotFindOut where a part of our own plugin is missing."""
    if missing := _missing_parts():
        raise CouldNotFindOut(
            f"cannot load the plugin: {missing[0]} is missing",
            detail="Without its hooks nothing would hold what the agents do.",
            hint="Install pgwright again, or run it from a checkout.",
        )


def _missing_parts() -> list[str]:
    parts = [paths.root() / part for part in _PARTS]
    return [str(part) for part in (*parts, paths.PACKAGE / "gate" / "hook.py") if not part.exists()]


def engine(asked: str, *, has_playbook: bool) -> str:
    """offline or live. auto is offline where a playbook exists, else live where that can begin here."""
    if asked != "auto":
        return asked
    return "live" if not has_playbook and is_ready() else "offline"
