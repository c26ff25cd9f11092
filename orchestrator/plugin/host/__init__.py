"""What Claude Code does with an agent or a skill: what it loads, ignores, drops and changes without a word.

Its own validator reports next to nothing of this: an ignored key is one line in its debug log. All of it was seen in
runs of the version that `client.yaml` names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.host import agents, header, reading, skills
from orchestrator.plugin.host.client import client
from orchestrator.plugin.host.prediction import Case, Kind, Prediction, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.plugin.frontmatter import Document

__all__ = ["Kind", "Prediction", "Scope", "client_version", "ignored_keys", "predict"]


def client_version() -> str:
    """The version of the client that all this was seen with."""
    return client().version


def ignored_keys(kind: Kind, keys: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """Those of `keys` that have no effect."""
    known, others = client().keys(kind), client().others(kind, scope)
    return tuple(key for key in keys if key not in others and not (key in known and known[key].is_used(scope)))


def predict(document: Document, kind: Kind, scope: Scope) -> Prediction:
    """What the client makes of `document`. Every loss is one of `problems`, its code starting with `host-`."""
    case = Case(document=document, kind=kind, scope=scope, reading=reading.read(document.source.raw))
    header.judge(case)
    judged = agents.judge(case) if kind == "agent" else skills.judge(case)
    return Prediction(
        client_version=client().version,
        loads=judged.loads,
        starts=judged.loads and case.starts,
        name=judged.name,
        description=judged.description,
        tools=judged.tools,
        model=judged.model,
        effective=case.effective,
        ignored=tuple(case.ignored),
        dropped=tuple(case.dropped),
        problems=tuple(sorted(case.problems, key=lambda each: (each.line, each.column, each.code))),
    )
