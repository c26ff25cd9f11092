"""What a definition costs before it is used: the client lists its name and description in every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition


def listed(found: AgentDefinition | SkillDefinition) -> int:
    """An estimate in tokens, by 4 characters a token as the client's own `plugin details` counts.

    Letters outside ASCII count as one and a half a token: they are encoded in more bytes.
    """
    when = found.document.data.get("when_to_use")
    text = f"{found.name}: {found.description} {when if isinstance(when, str) else ''}".strip()
    ascii_only = len(text.encode("ascii", "ignore"))
    return round(ascii_only / 4 + (len(text) - ascii_only) / 1.5)
