r"""Line breaks written as \n, which a plain YAML text does not turn into line breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft


# A path (C:\new) or the name of a sign has none of these around it.
_PROSE = re.compile(r"\\n\s*(?:\\n|<|[-*] |\d+[.)] |(?:context|user|assistant|examples?)\s*:)", re.IGNORECASE)


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    value = draft.header.get("description")
    if isinstance(value, str) and _PROSE.search(value):
        count = value.count("\\n")
        draft.header["description"] = value.replace("\\n", "\n")
        yield "description", f"{count} literal \\n made line breaks"


MEND = Mend(
    id="description-text",
    step="values",
    of=("agent", "skill"),
    does=r"turns a literal \n of the description into a line break",
    apply=apply,
)
