"""Documents held against our own JSON Schemas. No schema is ever fetched from the network."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import paths
from orchestrator.plugin.problems import Pointer, Problem

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_MENDS = {
    "additionalProperties": "remove the key, or correct its spelling",
    "required": "add the missing key",
    "type": "write the value in the type that the message names",
    "enum": "use one of the listed values",
    "const": "use the value that the message names",
    "pattern": "write the value in the form that the message names",
    "minLength": "write more",
    "maxLength": "shorten the text",
    "uniqueItems": "remove the repeated item",
    "minItems": "add an item",
    "maxItems": "remove items",
}


@functools.cache
def _validator(schema_name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    resources = [(name, paths.schema(name)) for name in paths.schema_names()]
    registry: Registry[Any] = Registry().with_resources(
        [
            (key, Resource.from_contents(contents, default_specification=DRAFT202012))
            for name, contents in resources
            for key in (contents.get("$id", name), f"{name}.schema.json")
        ]
    )
    return Draft202012Validator(paths.schema(schema_name), registry=registry)


def validate(document: object, schema_name: str) -> list[Problem]:
    """What keeps `document` from satisfying `schemas/<schema_name>.schema.json`; empty if nothing does.

    One problem per fault, ordered by place. A key that is not allowed is reported at the key itself.
    """
    found = [problem for error in _validator(schema_name).iter_errors(document) for problem in _problems(error)]
    return sorted(found, key=lambda problem: ([str(step) for step in problem.pointer], problem.message))


def _problems(error: ValidationError) -> list[Problem]:
    pointer: Pointer = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "additionalProperties" and error.validator_value is False:
        schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
        known = sorted(schema.get("properties", {}))
        found: dict[str, Any] = error.instance if isinstance(error.instance, dict) else {}
        return [
            Problem(
                code="unknown-key",
                message=f'unknown key "{key}"',
                fix=f"Remove it, or use one of: {', '.join(known)}.",
                pointer=(*pointer, key),
            )
            for key in sorted(set(map(str, found)) - set(known))
        ]
    return [Problem(code=_code(keyword), message=_message(error), fix=_mend(error), pointer=pointer)]


def _code(keyword: str) -> str:
    return {"required": "missing-key", "type": "wrong-type", "enum": "unknown-value"}.get(keyword, "bad-value")


def _message(error: ValidationError) -> str:
    text = error.message
    if len(text) > 200:
        text = f"the value breaks the rule {error.validator}: {str(error.validator_value)[:120]}"
    return text[:1].lower() + text[1:] if text[:2].istitle() else text


def _mend(error: ValidationError) -> str:
    described = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    mend = _MENDS.get(str(error.validator), "change the value so that it satisfies the schema")
    return f"{mend[:1].upper()}{mend[1:]}.{' ' + described if described else ''}"
