"""Hooks in the flat shape of old collections: {matcher, command} without a list of hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

OF_THE_ENTRY = ("matcher",)


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    hooks = draft.header.get("hooks")
    for event, entries in hooks.items() if isinstance(hooks, dict) else ():
        if not isinstance(entries, list):
            continue
        for index, entry in enumerate(entries):
            if isinstance(entry, dict) and "hooks" not in entry and "command" in entry:
                entries[index] = _nested(entry)
                yield f"hooks.{event}", "entry given a list of hooks: a project's agent with the flat one is not loaded"


def _nested(entry: Any) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    outer = CommentedMap({key: entry[key] for key in OF_THE_ENTRY if key in entry})
    inner = CommentedMap({"type": "command"} | {key: entry[key] for key in entry if key not in OF_THE_ENTRY})
    outer["hooks"] = CommentedSeq([inner])
    return outer


MEND = Mend(
    id="hooks-nested",
    step="values",
    of=("agent", "skill"),
    does="gives hooks the shape that the client reads",
    apply=apply,
)
