"""The YAML of a header: its values, the place of each, and everything that is wrong with it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import yamlscalar
from orchestrator.plugin.place import Place
from orchestrator.plugin.problems import Pointer, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

MAX_DEPTH = 20
MAX_VALUES = 10_000
# YAML 1.1 ends a line at these, YAML 1.2 and the client do not. They stand as private characters while PyYAML reads.
_NO_LINE_ENDS = str.maketrans({"\x85": "\ue085", "\u2028": "\ue028", "\u2029": "\ue029"})
_WRITE_OUT = "Write the value out."
_BACK = str.maketrans({"\ue085": "\x85", "\ue028": "\u2028", "\ue029": "\u2029"})


class NotYaml(Exception):
    """`place` counts from the first line of the header, `message` is the reader's."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


@dataclass(frozen=True, kw_only=True)
class Header:
    """`places` maps the path of each value to where its key (or list item) starts, `values` to where itself starts.

    A key that stands twice has the last value, as in the client.
    `notes` are values that other readers of YAML take for something else.
    `is_whole` is False where reading had to stop, or where there are no keys.
    """

    data: dict[str, Any]
    places: dict[Pointer, Place]
    values: dict[Pointer, Place]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    is_whole: bool


def compose(text: str) -> yaml.Node | None:
    """The nodes of `text`; None for a text that says nothing. Raises NotYaml."""
    import yaml

    try:
        node: yaml.Node | None = yaml.compose(text.translate(_NO_LINE_ENDS), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Place(line=mark.line + 1, column=mark.column + 1) if mark else _unprintable(text)
        message = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
        raise NotYaml(place, message.splitlines()[0]) from error
    except (RecursionError, ValueError) as error:
        raise NotYaml(Place(line=1, column=1), str(error)) from error
    return node


def read(text: str, file_line: Callable[[int], int] = int) -> Header:
    """The keys and values of the header `text`; its lines are numbered by `file_line`. Raises NotYaml."""
    reading = _Reading(file_line=file_line)
    data = reading.root(compose(text))
    return Header(
        data=data or {},
        places=reading.places,
        values=reading.values,
        problems=tuple(sorted(reading.problems, key=lambda each: (each.line, each.column))),
        notes=tuple(sorted(reading.notes, key=lambda each: (each.line, each.column))),
        is_whole=data is not None and not reading.has_stopped,
    )


class _Stop(Exception):
    pass


@dataclass(kw_only=True)
class _Reading:
    file_line: Callable[[int], int]
    places: dict[Pointer, Place] = field(default_factory=dict)
    values: dict[Pointer, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    has_stopped: bool = False
    _seen: set[int] = field(default_factory=set)
    _aliased: set[int] = field(default_factory=set)
    _containers: set[Pointer] = field(default_factory=set)
    _inside: set[int] = field(default_factory=set)
    _count: int = 0

    def root(self, node: yaml.Node | None) -> dict[str, Any] | None:
        import yaml

        if not isinstance(node, yaml.MappingNode):
            place = Place(line=self.file_line(1), column=1)
            self._problem(place, "not-a-mapping", "the header is not a list of keys", "Write `key: value` lines.")
            return None
        found: dict[str, Any] = {}
        try:
            self._mapping(node, (), found)
        except _Stop:
            self.has_stopped = True
        return found

    def _value(self, node: yaml.Node, pointer: Pointer) -> Any:
        import yaml

        self.values[pointer] = self._place(node)
        self._watch(node, pointer)
        if isinstance(node, yaml.ScalarNode):
            self._note_scalar(node, pointer)
            return _scalar(node)
        if id(node) in self._inside:
            message = "an alias stands inside what it stands for"
            self._problem(self.places[pointer], "alias", message, _WRITE_OUT, pointer)
            return None
        self._inside.add(id(node))
        self._containers.add(pointer)
        found: dict[str, Any] | list[Any]
        if isinstance(node, yaml.MappingNode):
            found = {}
            self._mapping(node, pointer, found)
        else:
            found = self._sequence(node, pointer)
        self._inside.discard(id(node))
        return found

    def _sequence(self, node: yaml.Node, pointer: Pointer) -> list[Any]:
        found = []
        for index, item in enumerate(node.value):
            # An alias has the place of what it stands for; where it stands itself is not known.
            known = self.places[pointer] if id(item) in self._seen else self._place(item)
            self.places[*pointer, index] = known
            found.append(self._value(item, (*pointer, index)))
        return found

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer, found: dict[str, Any]) -> None:
        for key, value in node.value:
            place = self._place(key)
            if not isinstance(key.value, str):
                self._problem(place, "bad-key", "a key is not plain text", "Use a word as key.", pointer)
                continue
            name = key.value.translate(_BACK)
            inner = (*pointer, name)
            if name in found:
                message = f'"{name}" appears twice, first in line {self.places[inner].line}; the client keeps the last'
                self._problem(place, "duplicate-key", message, "Keep one of the two.", inner)
                self._forget(inner)
            self.places[inner] = place
            found[name] = self._value(value, inner)

    def _forget(self, pointer: Pointer) -> None:
        """Removes the places below a value that another one replaces."""
        if pointer not in self._containers:
            return
        self._containers.discard(pointer)
        for known in (self.places, self.values):
            for each in [each for each in known if each[: len(pointer)] == pointer]:
                del known[each]

    def _watch(self, node: yaml.Node, pointer: Pointer) -> None:
        place = self.places[pointer]
        self._count += 1
        if self._count > MAX_VALUES:
            message = f"more than {MAX_VALUES:,} values, those of aliases counted each time"
            self._problem(place, "too-many-values", message, "Shorten the header.", pointer)
            raise _Stop
        if len(pointer) > MAX_DEPTH:
            self._problem(place, "too-deep", f"deeper than {MAX_DEPTH} levels", "Flatten it.", pointer)
            raise _Stop
        if id(node) in self._seen and not self._inside & self._aliased:
            self._aliased.add(id(node))
            message = (
                "an alias stands for a value that is written elsewhere: not every reader of the file knows aliases"
            )
            self._problem(place, "alias", message, _WRITE_OUT, pointer)
        self._seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:"):
            message = f"the tag {node.tag} is passed over: the value is read as if it had none"
            self._problem(place, "yaml-tag", message, "Put the value in quotes.", pointer)

    def _note_scalar(self, node: yaml.ScalarNode, pointer: Pointer) -> None:
        text = node.value.translate(_BACK)
        if node.style or not text:
            return
        if yamlscalar.differs(text):
            message = f"{text} is no text for readers of YAML 1.1, though it is for the client"
            self._note(pointer, "yaml-1.1", message)
        elif pointer[-1] == "version" and isinstance(yamlscalar.value(text), int | float):
            self._note(pointer, "number-for-text", f"{text} is a number: its last digits may be lost")

    def _note(self, pointer: Pointer, code: str, message: str) -> None:
        place = self.values[pointer]
        fix = "Put the value in quotes."
        problem = Problem(code=code, message=message, fix=fix, severity="note", pointer=pointer)
        self.notes.append(problem.at("", place.line, place.column))

    def _place(self, node: yaml.Node) -> Place:
        return Place(line=self.file_line(node.start_mark.line + 1), column=node.start_mark.column + 1)

    def _problem(self, place: Place, code: str, message: str, fix: str, pointer: Pointer = ()) -> None:
        problem = Problem(code=code, message=message, fix=fix, pointer=pointer)
        self.problems.append(problem.at("", place.line, place.column))


def _scalar(node: yaml.ScalarNode) -> yamlscalar.Scalar:
    text: str = node.value.translate(_BACK)
    read = text if node.style else yamlscalar.value(text)
    if isinstance(read, str) or node.tag != "tag:yaml.org,2002:str":
        return read
    # YAML 1.1 has a text where the client has a number; or the author wrote !!str.
    return text if _resolver().resolve(type(node), text, (True, False)) != node.tag else read


@functools.cache
def _resolver() -> Any:
    import yaml

    return yaml.SafeLoader("")


def _unprintable(text: str) -> Place:
    """The place of the first character that YAML does not allow."""
    for line, content in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(content, start=1):
            if not is_allowed(character):
                return Place(line=line, column=column)
    return Place(line=1, column=1)


def is_allowed(character: str) -> bool:
    """Whether YAML lets the character stand unescaped."""
    code = ord(character)
    return character in "\t\n\x85" or 0x20 <= code <= 0x7E or (code >= 0xA0 and not 0xFFFE <= code <= 0xFFFF)
