"""What Claude Code does with the header of a plugin's agent or skill, as observed on client 2.1.330.

The client's own validator reports none of this: an ignored key is one line in its debug log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

CLIENT_VERSION = "2.1.330"
AGENT_KEYS = frozenset(
    {"name", "description", "tools", "disallowedTools", "model", "effort", "skills", "maxTurns", "memory"}
    | {"background", "isolation", "color", "omitClaudeMd"}
)
SKILL_KEYS = frozenset(
    {"name", "description", "when_to_use", "allowed-tools", "disallowed-tools", "effort", "context", "agent"}
    | {"disable-model-invocation", "user-invocable", "arguments", "argument-hint", "hooks"}
)


def loaded(kind: Literal["agent", "skill"], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key in _known(kind))


def ignored(kind: Literal["agent", "skill"], keys: Sequence[str]) -> tuple[str, ...]:
    """Keys without effect. For an agent that includes hooks, mcpServers, permissionMode and initialPrompt."""
    return tuple(key for key in keys if key not in _known(kind))


def _known(kind: Literal["agent", "skill"]) -> frozenset[str]:
    return AGENT_KEYS if kind == "agent" else SKILL_KEYS
