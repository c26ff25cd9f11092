"""Schemas of answers in one piece: a client cannot follow a reference from one of our files to another."""

from __future__ import annotations

import copy
from typing import Any

from orchestrator.plugin import paths

URN = "urn:pgwright:schema:"


def answer(name: str) -> dict[str, Any]:
    """`schemas/<name>.schema.json` with everything that it refers to inside of it, without examples."""
    inside: dict[str, Any] = {}
    document: dict[str, Any] = _bundled(copy.deepcopy(paths.schema(name)), name, inside)
    del document["$id"], document["$schema"]
    document.pop("$defs", None)
    return document | ({"$defs": inside} if inside else {})


def _bundled(node: Any, home: str, inside: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_bundled(each, home, inside) for each in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        node = node | {"$ref": _moved(reference, home, inside)}
    return {
        key: value if key == "$ref" else _bundled(value, home, inside)
        for key, value in node.items()
        if key not in ("examples", "$defs")
    }


def _moved(reference: str, home: str, inside: dict[str, Any]) -> str:
    """The new address of what is referred to, which is taken over if it was not yet."""
    file, _, pointer = reference.partition("#")
    source = file.removeprefix(URN) or home
    key = "_".join([source, *pointer.strip("/").split("/")]).strip("_")
    if key not in inside:
        inside[key] = {}
        inside[key] = _bundled(_at(copy.deepcopy(paths.schema(source)), pointer), source, inside)
        for name in ("$id", "$schema"):
            inside[key].pop(name, None)
    return f"#/$defs/{key}"


def _at(document: Any, pointer: str) -> Any:
    for part in pointer.strip("/").split("/"):
        document = document[part] if part else document
    return document
