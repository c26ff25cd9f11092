"""Agents that the text names as those before and after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

_LINE = re.compile(r"^\s*[-*]\s*\**(receives from|hands? off to):?\**:?\s*(.+)$", re.IGNORECASE)
_NAME = re.compile(r"^`?@?([a-z0-9]+(?:-[a-z0-9]+)+)`?(?:\s*\(|\s*$)")


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    for line in bodytext.prose(draft.document):
        found = _LINE.match(line.text)
        if not found:
            continue
        key = "receives_from" if found[1].lower().startswith("receives") else "hands_off_to"
        names = [match[1] for part in re.split(r",(?![^()]*\))", found[2]) if (match := _NAME.match(part.strip()))]
        added = draft.extend((key,), list(dict.fromkeys(names)))
        if added:
            yield key, f"{', '.join(added)}, from line {line.number} of the text"


MEND = Mend(
    id="hand-offs-read",
    step="contract",
    of=("agent",),
    does="reads from whom the agent receives and to whom it hands off",
    apply=apply,
)
