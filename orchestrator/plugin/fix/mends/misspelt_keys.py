"""Keys that the client knows under another spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.comments import CommentedMap

    from orchestrator.plugin.fix.draft import Draft

AGENT = {
    "tools": ("allowed-tools", "allowed_tools", "allowedTools", "Tools"),
    "disallowedTools": ("disallowed-tools", "disallowed_tools", "disallowedtools"),
    "maxTurns": ("max-turns", "max_turns", "maxturns"),
    "mcpServers": ("mcp-servers", "mcp_servers"),
    "permissionMode": ("permission-mode", "permission_mode"),
    "initialPrompt": ("initial-prompt", "initial_prompt"),
    "color": ("colour", "Color"),
    "model": ("Model",),
    "description": ("Description",),
    "name": ("Name",),
}
SKILL = {
    "allowed-tools": ("allowed_tools", "allowedTools"),
    "disallowed-tools": ("disallowed_tools", "disallowedTools"),
    "when_to_use": ("when-to-use", "whenToUse"),
    "argument-hint": ("argument_hint", "argumentHint"),
    "disable-model-invocation": ("disable_model_invocation", "disableModelInvocation"),
    "user-invocable": ("user_invocable", "userInvocable"),
}


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    for key, others in (AGENT if draft.kind == "agent" else SKILL).items():
        for other in others:
            if other in draft.header and key not in draft.header:
                _rename(draft.header, other, key)
                yield key, f"{other} is spelt {key}; the client passes over any other spelling"


def _rename(header: CommentedMap, old: str, new: str) -> None:
    at = list(header).index(old)
    comment = header.ca.items.pop(old, None)
    header.insert(at, new, header.pop(old))
    if comment is not None:
        header.ca.items[new] = comment


MEND = Mend(
    id="misspelt-keys",
    step="keys",
    of=("agent", "skill"),
    does="spells keys as the client reads them",
    apply=apply,
)
