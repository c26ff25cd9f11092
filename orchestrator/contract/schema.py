"""Documents held against our own JSON Schemas with nothing but the standard library, for the hooks.

Reads the keywords that the schemas of answers use and refuses any other, so that a schema can never ask for more than
is checked. `orchestrator.plugin.validation` is the complete reader; a test holds the two to the same verdicts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestrator.memory import files
from orchestrator.model.errors import CouldNotFindOut

Schema = Mapping[str, Any]
_SAID_ONLY = frozenset({"$schema", "$id", "$defs", "title", "description", "examples"})
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int, float),
    "number": (int, float),
    "null": (type(None),),
}

_REINSTALL = "Install the plugin again: claude plugin update pgwright"


def _missing(path: Path) -> Schema:
    raise CouldNotFindOut(f"cannot read the schema {path}: it is not there, or empty", hint=_REINSTALL)


class Schemas:
    """The schemas of one folder, read when they are needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Schema] = {}

    def faults(self, document: object, name: str) -> list[str]:
        """What keeps the document from satisfying the schema, each with its place; empty if nothing does."""
        return [*self.every_fault(document, name)]

    def every_fault(self, document: object, name: str) -> Iterator[str]:
        """The same, one after the other: a document may have any number of faults."""
        return self._faults(document, self._schema(name), name, "")

    def keys(self, name: str) -> frozenset[str]:
        """The keys of an object by this schema."""
        return frozenset(self._schema(name).get("properties", ()))

    def _schema(self, name: str) -> Schema:
        """Raises CouldNotFindOut for a schema that is not there or that is no JSON object."""
        if name not in self._read:
            path = self._folder / f"{name}.schema.json"
            try:
                self._read[name] = files.read_object(path) or _missing(path)
            except files.UnreadableError as error:
                raise CouldNotFindOut(f"cannot read the schema {path}: {error}", hint=_REINSTALL) from error
        return self._read[name]

    def _faults(self, value: object, schema: Schema, name: str, place: str) -> Iterator[str]:
        if "$ref" in schema:
            target, other = self._resolved(schema["$ref"], name)
            yield from self._faults(value, target, other, place)
        for keyword, wanted in schema.items():
            if keyword in _SAID_ONLY or keyword == "$ref":
                continue
            if keyword in ("properties", "items"):
                yield from self._below(value, keyword, wanted, name, place)
                continue
            yield from (f"{place or 'the answer'}: {fault}" for fault in _RULES[keyword](value, wanted, schema))

    def _below(self, value: object, keyword: str, wanted: Any, name: str, place: str) -> Iterator[str]:
        if keyword == "properties" and isinstance(value, dict):
            for key, inner in wanted.items():
                if key in value:
                    yield from self._faults(value[key], inner, name, f"{place}/{key}".lstrip("/"))
        if keyword == "items" and isinstance(value, list):
            for index, each in enumerate(value):
                yield from self._faults(each, wanted, name, f"{place}/{index}")

    def _resolved(self, reference: str, name: str) -> tuple[Schema, str]:
        document, _, pointer = reference.partition("#")
        other = document.rpartition(":")[2] or name
        found: Any = self._schema(other)
        for step in pointer.strip("/").split("/") if pointer.strip("/") else ():
            found = found[step]
        return found, other


def _type(value: object, wanted: Any, _schema: Schema) -> Iterator[str]:
    names = wanted if isinstance(wanted, list) else [wanted]
    if not any(_is_type(value, name) for name in names):
        yield f"{' or '.join(names)} is needed, found {_shown(value)}"


def _is_type(value: object, name: str) -> bool:
    if isinstance(value, bool) and name != "boolean":
        return False
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _required(value: object, wanted: Any, _schema: Schema) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f'the key "{key}" is missing' for key in wanted if key not in value)


def _closed(value: object, wanted: Any, schema: Schema) -> Iterator[str]:
    if wanted is False and isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f'unknown key "{key}", known are {", ".join(known)}' for key in value if key not in known)


def _enum(value: object, wanted: Any, _schema: Schema) -> Iterator[str]:
    if not any(_same(value, each) for each in wanted):
        yield f"one of {', '.join(map(str, wanted))} is needed, found {_shown(value)}"


def _const(value: object, wanted: Any, _schema: Schema) -> Iterator[str]:
    if not _same(value, wanted):
        yield f"{wanted!r} is needed, found {_shown(value)}"


def _same(left: object, right: object) -> bool:
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _pattern(value: object, wanted: Any, _schema: Schema) -> Iterator[str]:
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"text of the form {wanted} is needed, found {_shown(value)}"


def _shortest(value: object, wanted: Any, _schema: Schema) -> Iterator[str]:
    if isinstance(value, str | list) and len(value) < wanted:
        yield f"at least {wanted} {'characters' if isinstance(value, str) else 'items'} are needed"


def _minimum(value: object, wanted: Any, _schema: Schema) -> Iterator[str]:
    if isinstance(value, int | float) and not isinstance(value, bool) and value < wanted:
        yield f"at least {wanted} is needed, found {value}"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"


def _shortest_text(value: object, wanted: Any, schema: Schema) -> Iterator[str]:
    return _shortest(value, wanted, schema) if isinstance(value, str) else iter(())


def _shortest_list(value: object, wanted: Any, schema: Schema) -> Iterator[str]:
    return _shortest(value, wanted, schema) if isinstance(value, list) else iter(())


_RULES: dict[str, Callable[[object, Any, Schema], Iterator[str]]] = {
    "type": _type,
    "required": _required,
    "additionalProperties": _closed,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minLength": _shortest_text,
    "minItems": _shortest_list,
    "minimum": _minimum,
}
