"""Documents held against our own JSON Schemas. No schema is ever fetched from the network."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import paths
from orchestrator.plugin.problems import Pointer, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_MENDS = {
    "additionalProperties": "remove the key, or correct its spelling",
    "required": "add the missing key",
    "type": "write the value in the type that the message names",
    "not": "write an object of keys and values",
    "anyOf": "write the value in one of the forms that are read",
    "enum": "use one of the listed values",
    "const": "use the value that the message names",
    "pattern": "write the value in the form that the message names",
    "minLength": "write more",
    "maxLength": "shorten the text",
    "uniqueItems": "remove the repeated item",
    "minItems": "add an item",
    "maxItems": "remove items",
}
_CODES = {"required": "missing-key", "type": "wrong-type", "not": "wrong-type", "enum": "unknown-value"}
_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}
_REQUIRED = re.compile(r"^'(.*)' is a required property$", re.DOTALL)
_LONGEST = 200


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
    found = {problem: None for error in _validator(schema_name).iter_errors(document) for problem in _problems(error)}
    return sorted(found, key=lambda problem: ([str(step) for step in problem.pointer], problem.message))


def _problems(error: ValidationError) -> Iterator[Problem]:
    pointer: Pointer = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "additionalProperties" and error.validator_value is False:
        yield from _unknown_keys(error, pointer)
    elif keyword in ("anyOf", "oneOf") and (branch := _meant(error)):
        for inner in branch:
            yield from _problems(inner)
    elif "propertyNames" in list(error.relative_schema_path)[-2:-1]:
        message = f'the key "{error.instance}" is not written as it has to be'
        yield Problem(code="bad-key", message=message, fix=_mend(error), pointer=(*pointer, str(error.instance)))
    else:
        yield Problem(
            code=_CODES.get(keyword, "bad-value"), message=_message(error, keyword), fix=_mend(error), pointer=pointer
        )


def _unknown_keys(error: ValidationError, pointer: Pointer) -> Iterator[Problem]:
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    known = sorted(schema.get("properties", {}))
    patterns = [re.compile(pattern) for pattern in schema.get("patternProperties", {})]
    found = map(str, error.instance if isinstance(error.instance, dict) else {})
    for key in sorted(set(found) - set(known)):
        if not any(pattern.search(key) for pattern in patterns):
            message = f'unknown key "{_short(key)}"{_near(key, known)}'
            fix = f"Remove it, or use one of: {', '.join(known)}." if known else "Remove it."
            yield Problem(code="unknown-key", message=message, fix=fix, pointer=(*pointer, key))


def _meant(error: ValidationError) -> Sequence[ValidationError]:
    """The faults of the one branch that is for values of this type; none if several are, or no branch is."""
    branches: dict[Any, list[ValidationError]] = defaultdict(list)
    for inner in error.context or ():
        branches[inner.schema_path[0]].append(inner)
    fitting = [faults for faults in branches.values() if not any(_is_of_another_type(fault, error) for fault in faults)]
    return fitting[0] if len(fitting) == 1 else ()


def _is_of_another_type(fault: ValidationError, error: ValidationError) -> bool:
    return fault.validator in ("type", "not") and fault.absolute_path == error.absolute_path


def _message(error: ValidationError, keyword: str) -> str:
    shown = _shown(error.instance)
    if keyword == "required" and (match := _REQUIRED.match(error.message)):
        return f'the key "{match[1]}" is missing'
    if keyword == "type":
        return f"{shown} is no {_needed(error.validator_value)}"
    if keyword == "not":
        return f"{shown} is no object"
    if keyword == "enum":
        values: Any = error.validator_value
        known = [str(value) for value in values]
        return f"{shown} is none of: {', '.join(known)}{_near(str(error.instance), known)}"
    if keyword in ("anyOf", "oneOf"):
        return f"{shown} has none of the forms that are read here"
    text = error.message
    if len(text) > _LONGEST:
        text = f"{shown} breaks the rule {keyword}: {str(error.validator_value)[:120]}"
    return text[:1].lower() + text[1:] if text[:2].istitle() else text


def _needed(types: object) -> str:
    names = types if isinstance(types, list) else [types]
    # "is no a text" reads wrongly: the article goes.
    return " or ".join(_TYPES.get(str(name), str(name)).removeprefix("an ").removeprefix("a ") for name in names)


def _shown(value: object) -> str:
    """The value as its author wrote it, cut to a length that fits a line."""
    import json

    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    try:
        return _short(json.dumps(value, ensure_ascii=False))
    except (TypeError, ValueError):
        return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _near(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.75)
    return f'; did you mean "{close[0]}"?' if close else ""


def _mend(error: ValidationError) -> str:
    described = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    mend = _MENDS.get(str(error.validator), "change the value so that it satisfies the schema")
    return f"{mend[:1].upper()}{mend[1:]}.{' ' + described if described else ''}"
