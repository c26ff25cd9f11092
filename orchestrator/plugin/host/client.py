"""The record of what the client does with each key, read from client.yaml."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.plugin.host.prediction import Kind, Scope

Form = Literal["text", "names", "effort", "count", "word", "on", "switch", "list", "mapping", "hooks", "any"]


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key. `values` are the words it takes, in a plugin `plugin_values` where those differ."""

    name: str
    form: Form
    plugin: Literal["used", "kept", "ignored"]
    project: Literal["used", "kept", "ignored"]
    bad: Literal["dropped", "written", "false"]
    values: tuple[str, ...] = ()
    plugin_values: tuple[str, ...] = ()
    least: int = 1
    instead: str = ""

    def is_used(self, scope: Scope) -> bool:
        return (self.plugin if scope == "plugin" else self.project) != "ignored"

    def words(self, scope: Scope) -> tuple[str, ...]:
        return self.plugin_values or self.values if scope == "plugin" else self.values


@dataclass(frozen=True, kw_only=True)
class Client:
    version: str
    agent: Mapping[str, Key]
    skill: Mapping[str, Key]
    also: Mapping[str, Mapping[str, Mapping[str, str]]]
    tools: frozenset[str]
    other_tools: frozenset[str]
    in_bash: frozenset[str]
    falls_with: Mapping[str, Sequence[str]]
    old_tools: Mapping[str, str]
    models: frozenset[str]

    def keys(self, kind: Kind) -> Mapping[str, Key]:
        return self.agent if kind == "agent" else self.skill

    def others(self, kind: Kind, scope: Scope) -> Mapping[str, str]:
        """Keys that are taken for another one."""
        return self.also.get(kind, {}).get(scope, {})


@functools.cache
def client() -> Client:
    import yaml

    found: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "client.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return Client(
        version=found["version"],
        agent=_keys(found["agent"]),
        skill=_keys(found["skill"]),
        also=found["also"],
        tools=frozenset(found["tools"]),
        other_tools=frozenset(found["other_tools"]),
        in_bash=frozenset(found["in_bash"]),
        falls_with=found["falls_with"],
        old_tools=found["old_tools"],
        models=frozenset(found["models"]),
    )


def _keys(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Key]:
    return {name: _key(name, entry) for name, entry in entries.items()}


def _key(name: str, entry: Mapping[str, Any]) -> Key:
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Key(name=name, **given)
