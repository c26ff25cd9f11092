"""Keywords for a router: in the description, or under keys that the client passes over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import grants
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

KEYS = ("keywords", "expertise", "triggers", "trigger", "tags", "capabilities", "specialties", "taskTypes")
_LABEL = re.compile(r"(?:key ?words|triggers) ?: ?(?P<words>[^\n.]+)\.?$", re.IGNORECASE)
_BEFORE = ("auto mode", "auto-mode", "activation", "trigger", "routing")


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    value = draft.header.get("description")
    found = _LABEL.search(value.rstrip()) if isinstance(value, str) else None
    rest = _without_label(value[: found.start()]) if found else ""
    if found and rest and "," in found["words"]:
        words = _words(found["words"])
        draft.extend(("routing", "keywords"), words)
        draft.header["description"] = rest
        yield "description", f"{len(words)} keywords moved to routing.keywords: the client reads them as a sentence"
    for key in KEYS:
        words = _words(draft.header.get(key))
        if words:
            draft.extend(("routing", "keywords"), words)
            del draft.header[key]
            yield key, f"{len(words)} words moved to routing.keywords: the client passes over {key}"


def _without_label(text: str) -> str:
    rest = text.rstrip()
    for label in _BEFORE:
        if rest.lower().endswith(label):
            return rest[: -len(label)].rstrip()
    return rest


def _words(value: object) -> list[str]:
    parts = grants.listed(value) if isinstance(value, str) else value if isinstance(value, list) else []
    if any(not isinstance(part, str) for part in parts):
        return []
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


MEND = Mend(
    id="keywords-moved",
    step="contract",
    of=("agent",),
    does="moves keywords and expertise to x-orchestrate.routing.keywords",
    apply=apply,
)
