"""The version of a definition, which the client does not read, and without which no record says what made it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

FIRST = "1.0.0"
_LINE = re.compile(r"^version:[ \t]+([^\s#]+)", re.MULTILINE)
_NUMBERS = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?")


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    ours = draft.ours
    if "version" not in ours:
        said = _as_written(draft)
        ours["version"] = _full(said) or FIRST
        if said is None:
            yield "x-orchestrate.version", f"{FIRST} given: the definition had none"
        else:
            yield "version", f"{said} moved to x-orchestrate.version as {ours['version']}"
    if "version" in draft.header:
        if _full(_as_written(draft)) == ours["version"]:
            del draft.header["version"]
        else:
            draft.carry("version")
    if "schema" not in ours:
        ours["schema"] = 1
        yield "x-orchestrate.schema", "1 given: the form of this header"


def _as_written(draft: Draft) -> str | None:
    """The version as it stands in the file: 1.10 is not 1.1."""
    found = _LINE.search(draft.document.header)
    said = draft.header.get("version")
    return None if said is None else found[1].strip("'\"") if found else str(said)


def _full(said: object) -> str:
    """The version in three numbers; empty for what is none."""
    found = _NUMBERS.fullmatch(str(said).strip())
    return ".".join(part or "0" for part in found.groups()[:3]) + (found[4] or "") if found else ""


MEND = Mend(
    id="version-moved",
    step="contract",
    of=("agent",),
    does="gives a semantic version, from a top-level one where there is one",
    apply=apply,
)
