"""YAML read with the place of every key and value, by the core schema of YAML 1.2, as the client does.

`yes` and `on` are texts there, and so is a date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orchestrator.plugin.parsed import MAX_DEPTH, CannotGoOn, Notes, Parsed, Span

if TYPE_CHECKING:
    import yaml

    from orchestrator.plugin.problems import Pointer

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL_OR_HEXADECIMAL = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_DIGITS = 300


def parse(text: str) -> Parsed:
    """The value that `text` writes, and everything that is wrong with it. Never raises."""
    notes = Notes()
    try:
        data = _Reader(notes).value(_root(text, notes), ())
    except CannotGoOn:
        return notes.parsed(None, is_complete=False)
    return notes.parsed(data, is_complete=True)


def _root(text: str, notes: Notes) -> yaml.Node:
    import yaml

    start = Span(line=1, column=1)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Span(line=mark.line + 1, column=mark.column + 1) if mark else start
        message = getattr(error, "problem", None) or str(error).splitlines()[0]
        fix = "Indent with spaces, and quote a value that contains a colon or a number sign."
        notes.stop(place, "bad-yaml", f"not valid YAML: {message}", fix)
    except (RecursionError, ValueError, UnicodeError) as error:
        notes.stop(start, "bad-yaml", f"not valid YAML: {error}", "Remove what is not plain text, and nest less.")
    if node is None:
        notes.stop(start, "bad-yaml", "the file is empty", "Write `key: value` lines.")
    assert node is not None  # noqa: S101 - `stop` raises
    return node


class _Reader:
    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._inside: set[int] = set()

    def value(self, node: yaml.Node, pointer: Pointer) -> Any:
        import yaml

        span = _span(node)
        self._notes.value(pointer, span)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, span)
        if len(pointer) > MAX_DEPTH:
            self._notes.stop(span, "too-deep", f"deeper than {MAX_DEPTH} levels", "Flatten it.")
        if id(node) in self._inside:
            self._notes.stop(span, "alias", "an alias stands inside what it stands for", "Write it out.")
        self._inside.add(id(node))
        found = self._mapping(node, pointer) if isinstance(node, yaml.MappingNode) else self._sequence(node, pointer)
        self._inside.discard(id(node))
        return found

    def _sequence(self, node: Any, pointer: Pointer) -> list[Any]:
        return [self.value(item, (*pointer, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            span = _span(key)
            if not isinstance(key.value, str):
                self._notes.problem(span, "bad-key", "a key is not plain text", "Use a word as key.")
                continue
            inner = (*pointer, key.value)
            if key.value in found:
                message = f'"{key.value}" appears twice, first in line {self._notes.keys[inner].line}'
                self._notes.problem(span, "duplicate-key", message, "Keep one of the two.")
                continue
            self._notes.keys[inner] = span
            found[key.value] = self.value(value, inner)
        return found

    def _scalar(self, node: yaml.ScalarNode, span: Span) -> Any:
        text = str(node.value)
        if node.style:  # quoted, or a block
            return text
        for words, value in ((_NULL, None), (_TRUE, True), (_FALSE, False)):
            if text in words:
                return value
        return self._number(text, span)

    def _number(self, text: str, span: Span) -> Any:
        if _NO_NUMBER.match(text):
            self._notes.problem(span, "not-a-number", f"{text} is no number that JSON has", "Write a number or a text.")
            return None
        if len(text) > _DIGITS and (_WHOLE.match(text) or _DECIMAL.match(text)):
            self._notes.problem(span, "not-a-number", "the number is too large to be kept", "Write a text in quotes.")
            return 0
        if _WHOLE.match(text):
            return int(text)
        if _OCTAL_OR_HEXADECIMAL.match(text):
            return int(text, 0)
        return float(text) if _DECIMAL.match(text) else text


def _span(node: yaml.Node) -> Span:
    start, end = node.start_mark, node.end_mark
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return Span(line=start.line + 1, column=start.column + 1, end_line=end.line + 1, end_column=end.column + 1)
    return Span(line=start.line + 1, column=start.column + 1)
