"""A header or address with a variable that the client leaves empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_.]*)\}?")


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for hook in wiring.hooks(document):
        if hook.type != "http":
            continue
        allowed = hook.data.get("allowedEnvVars")
        known = set(allowed) if isinstance(allowed, list) and all(isinstance(each, str) for each in allowed) else set()
        for place in wiring.texts({"headers": hook.data.get("headers")}, hook.pointer):
            for name in sorted(set(_VARIABLE.findall(place.text)) - known):
                yield Fault(message=f"${name} is not in allowedEnvVars: it is left empty", pointer=place.pointer)
        url = hook.data.get("url")
        for name in _VARIABLE.findall(url) if isinstance(url, str) else ():
            yield Fault(message=f"${name} is not filled in within an address", pointer=(*hook.pointer, "url"))


CHECK = Check(
    id="http-variable-empty",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="the server is asked without its key, or at another address",
    mend="list the variable in allowedEnvVars; an address cannot hold one",
    source="https://code.claude.com/docs/en/hooks#http-hook-fields",
    find=find,
    fires_on=(
        wired(
            {
                "type": "http",
                "url": "http://127.0.0.1:1/",
                "headers": {"Authorization": "Bearer $KEY"},
                "onFailure": "block",
            }
        ),
        wired({"type": "http", "url": "http://127.0.0.1:1/${CLAUDE_PLUGIN_ROOT}", "onFailure": "block"}),
    ),
    silent_on=(
        wired(
            {
                "type": "http",
                "url": "http://127.0.0.1:1/",
                "headers": {"Authorization": "Bearer $KEY"},
                "allowedEnvVars": ["KEY"],
                "onFailure": "block",
            }
        ),
    ),
)
