"""What a clause may name as what keeps it, and whether that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import paths

if TYPE_CHECKING:
    from orchestrator.plugin.surroundings import Surroundings


def exists(keeper: str, around: Surroundings) -> bool:
    """Whether the thing in `kind:name` is there, in the plugin of the definition or in ours."""
    kind, _, name = keeper.partition(":")
    if kind == "check":
        return name in codes()
    if kind == "playbook":
        return around.skill(name) is not None
    if kind in ("schema", "hook"):
        inside = name if kind == "hook" else f"schemas/{name.split('#')[0]}.schema.json"
        return any((root / inside).is_file() for root in (around.root, paths.root()))
    return module_exists(f"orchestrator.cli.{name}" if kind == "command" else name)


def codes() -> frozenset[str]:
    """Every code that a finding can have because of a reader, a schema or a check."""
    from orchestrator.plugin import record
    from orchestrator.plugin.codes import CODES

    return frozenset(CODES) | {check.id for check in record.every()}


def module_exists(name: str) -> bool:
    path = paths.PACKAGE.joinpath(*name.removeprefix("orchestrator.").split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
