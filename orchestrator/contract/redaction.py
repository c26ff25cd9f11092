"""Free text of people and agents, before it is written down: passwords, tokens and keys are taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestrator.gate.redact import MASK, redacted


def without(text: str, longest: int | None = None) -> str:
    """The text with *** for every secret that can be told by what stands around it; at most `longest` characters."""
    # What follows may be what shows that something is a secret, as the @ does in an address.
    return redacted(text if longest is None else text[: 2 * longest])[:longest]


def without_all(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same for every text in a document, whose shape stays as it is."""
    return {without(str(key)): _of(str(key), value) for key, value in given.items()}


def _of(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_all(value)
    if isinstance(value, list):
        return [_of(key, each) for each in value]
    if not isinstance(value, str):
        return value
    return MASK if _names_a_secret(key) and value else without(value)


def _names_a_secret(key: str) -> bool:
    return MASK in redacted(f"{key}=value")
