"""A path in a manifest where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_KEYS = ("commands", "agents", "skills", "hooks", "mcpServers", "lspServers", "outputStyles", "workflows", "types")
_PICTURES = ("icon", "screenshots")


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    experimental = document.mapping.get("experimental")
    parts = {key: document.mapping.get(key) for key in (*_KEYS, *_PICTURES)} | {"experimental": experimental}
    for key, value in parts.items():
        for place in _paths(key, value):
            is_inside = place.text.startswith("./") and ".." not in place.text.split("/")
            if is_inside and not (around.root / place.text).exists():
                severity = "warning" if key in _PICTURES else "error"
                message = f"{place.text} does not exist"
                yield Fault(message=message, pointer=place.pointer, severity=severity)  # type: ignore[arg-type]


def _paths(key: str, value: object) -> Iterator[wiring.Place]:
    """Texts that are paths: those of the key itself and of a list under it, not those inside servers and hooks."""
    listed = value if isinstance(value, list) else []
    yield from wiring.texts(value if isinstance(value, str) else None, (key,))
    for index, each in enumerate(listed):
        yield from wiring.texts(each if isinstance(each, str) else None, (key, index))
    if key in ("commands", "experimental") and isinstance(value, dict):
        yield from wiring.texts(value, (key,))


CHECK = Check(
    id="manifest-path-missing",
    severity="error",
    of=("plugin",),
    why="the client reports a load failure, or leaves the part out without a word",
    mend="write what the path names, or correct it",
    source="https://code.claude.com/docs/en/plugins-reference#path-behavior-rules",
    find=find,
    fires_on=(
        manifested(commands="./absent"),
        manifested(skills=["./absent/"]),
        manifested(icon="./absent.png"),
        manifested(hooks="./hooks/more.json"),
        manifested(experimental={"evals": "./cases"}),
    ),
    silent_on=(
        manifested(commands="./more/") | {"more/look.md": "Look.\n"},
        manifested(commands={"look": {"source": "./look.md"}}) | {"look.md": "Look.\n"},
    ),
)
