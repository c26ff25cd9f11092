"""Every schema is valid, closed, described, and satisfied by its own examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[2] / "schemas"
SCHEMAS = {path.name.removesuffix(".schema.json"): json.loads(path.read_text()) for path in FOLDER.glob("*.json")}
# Keywords whose values hold schemas: one, a list of them, or an object of them by name.
ONE = (
    "items",
    "contains",
    "not",
    "if",
    "then",
    "else",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
)
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")

every_schema = pytest.mark.parametrize("name", sorted(SCHEMAS))


def subschemas(schema: object, at: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(schema, dict):
        return
    yield at, schema
    for key in ONE:
        yield from subschemas(schema.get(key), f"{at}/{key}")
    for key in LISTS:
        for number, each in enumerate(schema.get(key, [])):
            yield from subschemas(each, f"{at}/{key}/{number}")
    for key in NAMED:
        for name, each in schema.get(key, {}).items():
            yield from subschemas(each, f"{at}/{key}/{name}")


def says_what_else_is_allowed(schema: dict[str, Any]) -> bool:
    """An object is closed, or it says in words or by a schema what its other keys hold."""
    others = schema.get("additionalProperties", schema.get("unevaluatedProperties"))
    if others is True:
        return "description" in schema and "properties" not in schema
    return others is not None


def is_object(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "object" or "object" in (schema.get("type") or [])


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    resources = [(each["$id"], Resource.from_contents(each, DRAFT202012)) for each in SCHEMAS.values()]
    return Draft202012Validator(schema, registry=Registry().with_resources(resources))


def test_there_are_schemas():
    assert {"state", "decision", "decisions-active", "config"} <= SCHEMAS.keys()


@every_schema
def test_a_schema_is_valid_and_says_what_it_is(name):
    schema = SCHEMAS[name]
    validator(schema).check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:pgwright:schema:{name}"
    assert schema["title"]
    assert schema["description"].endswith(".")


@every_schema
def test_every_object_of_a_schema_is_closed(name):
    found = subschemas(SCHEMAS[name])
    assert [at for at, each in found if is_object(each) and not says_what_else_is_allowed(each)] == []


@every_schema
def test_a_schema_is_satisfied_by_its_examples(name):
    faults = [
        f"{at}: {error.message}"
        for at, each in subschemas(SCHEMAS[name])
        for example in each.get("examples", [])
        for error in validator({"$ref": f"urn:pgwright:schema:{name}{at}"}).iter_errors(example)
    ]
    assert faults == []
