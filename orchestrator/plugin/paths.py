"""Where the plugin's text files are: the repository root in a checkout, `orchestrator/_plugin` in a wheel."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from orchestrator.model.errors import UsageError

PACKAGE = Path(__file__).resolve().parent.parent


@functools.cache
def root() -> Path:
    """The folder that holds `agents/`, `skills/` and `schemas/`."""
    checkout = PACKAGE.parent
    if (checkout / "schemas").is_dir() and (checkout / "agents").is_dir():
        return checkout
    return PACKAGE / "_plugin"


def schema_names() -> tuple[str, ...]:
    return tuple(sorted(path.name.removesuffix(".schema.json") for path in (root() / "schemas").glob("*.schema.json")))


@functools.cache
def schema(name: str) -> dict[str, Any]:
    """The parsed `schemas/<name>.schema.json`. Raises UsageError if there is none of that name."""
    path = root() / "schemas" / f"{name}.schema.json"
    if not path.is_file():
        raise UsageError(f'unknown schema "{name}"', hint=f"Known schemas: {', '.join(schema_names()) or 'none'}.")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
