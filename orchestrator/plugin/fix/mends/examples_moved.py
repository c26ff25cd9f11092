"""Examples in the description, which the client would send with every request of every session."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

_EXAMPLE = re.compile(r"<example>(.*?)(?:</example>|(?=<example>)|\Z)", re.DOTALL | re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:here are some |some |for )?examples?(?: include| of use| usage)?\s*:?\s*$", re.IGNORECASE)


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    value = draft.header.get("description")
    examples = [match[1].strip() for match in _EXAMPLE.finditer(value)] if isinstance(value, str) else []
    examples = [example for example in examples if example]
    if not examples:
        return
    rest = _LABEL.sub("", re.sub(r"\n{3,}", "\n\n", _EXAMPLE.sub("", value)).strip())
    draft.extend(("routing", "examples"), list(dict.fromkeys(examples)))
    draft.header["description"] = rest or examples[0].splitlines()[0]
    yield (
        "description",
        f"{len(examples)} example{'s' if len(examples) > 1 else ''} moved to routing.examples: "
        f"{len(value)} characters were sent with every request, now {len(rest)}",
    )


MEND = Mend(
    id="examples-moved",
    step="contract",
    of=("agent",),
    does="moves <example> blocks out of the description to x-orchestrate.routing.examples",
    apply=apply,
)
