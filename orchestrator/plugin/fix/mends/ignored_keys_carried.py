"""Keys that the client passes over, and says so only in its debug log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.plugin import host
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.fix import header
from orchestrator.plugin.fix.draft import CARRIED
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

# In an agent of a project these work; in a plugin they do not.
WHERE_IT_WORKS = {
    "hooks": "hooks/hooks.json of the plugin (they then hold for every agent), or an agent in .claude/agents",
    "mcpServers": ".mcp.json of the plugin (the servers then start for every agent), or an agent in .claude/agents",
    "permissionMode": "an agent in .claude/agents, or the person's own settings",
    "initialPrompt": "an agent in .claude/agents",
}


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    scope: host.Scope = "plugin" if draft.around.kind == "plugin" else "project"
    for key in host.ignored_keys(draft.kind, [str(key) for key in draft.header], scope):
        if key == OURS:
            continue
        if key == "hooks":
            draft.header[key] = _text(draft.header[key])
        draft.carry(key)
        works = WHERE_IT_WORKS.get(key)
        yield key, f"moved to {OURS}.{CARRIED}: the client passes over it{f'; it works in {works}' if works else ''}"


def _text(hooks: Any) -> str:
    """Hooks as a block of text: the client refuses an agent in which one stands as keys outside of `hooks`."""
    from ruamel.yaml.scalarstring import LiteralScalarString

    text: str = LiteralScalarString(header.dump(hooks) if isinstance(hooks, dict) else str(hooks))
    return text


MEND = Mend(
    id="ignored-keys-carried",
    step="rest",
    of=("agent",),
    does="moves keys that the client passes over to x-orchestrate.carried, unchanged",
    apply=apply,
)
