"""Writes JSON without the json module, which costs milliseconds to import."""

from __future__ import annotations

from _json import encode_basestring_ascii


def encoded(value: object) -> str:
    """One line of ASCII. Takes None, booleans, numbers, text, lists, tuples and dicts with text as keys."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(encode_basestring_ascii(key) + ": " + encoded(held) for key, held in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([encoded(each) for each in value]) + "]"
    return encode_basestring_ascii(value if isinstance(value, str) else str(value))
