"""Paths that the text allows and forbids, as globs that a hook can hold the agent to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

_LINE = re.compile(r"^\s*[-*]\s*\**(allowed|forbidden)(?:\s+(?:paths?|files?|folders?))?:?\**:?\s+(.+)$", re.IGNORECASE)
_GLOB = re.compile(r"^[\w.{}*?@+-]*[/*][\w./{}*?@+-]*$")


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    for line in bodytext.prose(draft.document):
        found = _LINE.match(line.text)
        if not found:
            continue
        key = "allow" if found[1].lower() == "allowed" else "forbid"
        parts = dict.fromkeys(part.strip(" `") for part in found[2].split(","))
        added = draft.extend(("boundaries", key), [part for part in parts if _GLOB.match(part)])
        if added:
            yield f"boundaries.{key}", f"{', '.join(added)}, from line {line.number} of the text"


MEND = Mend(
    id="boundaries-read",
    step="contract",
    of=("agent",),
    does="reads allowed and forbidden paths from the text",
    apply=apply,
)
