"""What a hook answers with, and what the event it answers is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.contract.event import Event
from orchestrator.contract.ledger import Run
from orchestrator.memory.location import locate

if TYPE_CHECKING:
    from orchestrator.contract.definition import Contract
    from orchestrator.memory.store import ContextStore

Reply = dict[str, Any]
LOCK_DEADLINE_S = 5.0


def said(found: Event, text: str) -> Reply | None:
    """Words for the model."""
    if not text:
        return None
    return {"hookSpecificOutput": {"hookEventName": found.name, "additionalContext": text}}


def denied(found: Event, text: str) -> Reply:
    decision = {"hookEventName": found.name, "permissionDecision": "deny", "permissionDecisionReason": text}
    return {"hookSpecificOutput": decision}


def is_ours(found: Event) -> bool:
    """True for an event inside of a subagent of this plugin."""
    return bool(found.agent and found.agent_id)


def root(found: Event) -> Path:
    """The context store's folder."""
    return locate(found.project)


def run(found: Event) -> Run:
    return Run(root(found), found.agent_id, found.data)


def store(found: Event) -> ContextStore:
    from orchestrator.memory.store import ContextStore

    return ContextStore(root(found), lock_deadline_s=LOCK_DEADLINE_S)


def contract(found: Event) -> Contract:
    from orchestrator.contract import definition
    from orchestrator.plugin import paths

    return definition.load(found.agent, paths.root())
