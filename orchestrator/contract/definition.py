"""What an agent's file promises, read without a YAML library."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.contract.budget import Kind
from orchestrator.gate import definition as reader
from orchestrator.model.errors import CouldNotFindOut

Lines = Sequence[tuple[int, str]]
Entry = tuple[str, Lines]


@dataclass(frozen=True, kw_only=True)
class Contract:
    """`version` is None for a file without a contract. Without an `output_schema`, "", any answer will do; without
    `kinds` no call is limited.
    """

    name: str
    version: str | None
    sha256: str
    output_schema: str
    hands_off_to: tuple[str, ...]
    kinds: tuple[Kind, ...]


def load(agent: str, plugin: Path) -> Contract:
    """Raises CouldNotFindOut for a definition that cannot be read."""
    path = plugin / "agents" / f"{agent}.md"
    try:
        content = path.read_bytes()
        return _contract(agent, content.decode("utf-8-sig"), hashlib.sha256(content).hexdigest())
    except (OSError, ValueError, KeyError, reader.Unreadable) as error:
        raise CouldNotFindOut(
            f"cannot read what {agent} promises: {error}", hint=f"orchestrate agents check {path}"
        ) from error


def _contract(agent: str, text: str, sha256: str) -> Contract:
    block = reader.below(reader.lines_of(text), "x-orchestrate")
    ours: dict[str, Entry] = {key: (value, below) for key, value, below in reader.entries(block or [])}
    return Contract(
        name=agent,
        version=None if block is None else reader.scalar(ours["version"][0]),
        sha256=sha256,
        output_schema=_schema(*ours["output_schema"]) if "output_schema" in ours else "",
        hands_off_to=tuple(reader.items(*ours["hands_off_to"])) if "hands_off_to" in ours else (),
        kinds=tuple(_kind(*each) for each in reader.entries(_map(*ours["budgets"]))) if "budgets" in ours else (),
    )


def _schema(value: str, _below: Lines) -> str:
    return Path(reader.scalar(value)).name.removesuffix(".schema.json")


def _map(value: str, below: Lines) -> Lines:
    """The lines of a map; one in braces is taken apart into lines."""
    return [(0, each) for each in reader.flow(value, below, "{}")] if value else below


def _kind(name: str, value: str, below: Lines) -> Kind:
    held = {key: (inner, lines) for key, inner, lines in reader.entries(_map(value, below))}
    low, high = (int(each) for each in reader.items(*held["range"]))
    when = reader.items(*held["when"]) if "when" in held else []
    return Kind(name=name, low=low, high=high, cap=int(reader.scalar(held["cap"][0])), when=tuple(when))
