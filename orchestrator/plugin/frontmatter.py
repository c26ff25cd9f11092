"""The YAML header of a markdown file, read strictly, with the line and column of every value.

Claude Code repairs broken headers silently and can lose the tool limits on the way, so nothing is repaired here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.plugin.problems import DefinitionError, Pointer, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 20


@dataclass(frozen=True, kw_only=True)
class Place:
    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Document:
    """`places` maps the path of each value to where its key (or list item) starts in the file."""

    file: str
    data: dict[str, Any]
    body: str
    body_line: int
    places: dict[Pointer, Place]

    def place(self, pointer: Pointer) -> Place:
        """The place of the value at `pointer`, or of its nearest parent that is in the file."""
        while pointer and pointer not in self.places:
            pointer = pointer[:-1]
        return self.places.get(pointer, Place(line=1, column=1))

    def locate(self, problem: Problem) -> Problem:
        place = self.place(problem.pointer)
        return problem.at(self.file, place.line, place.column)


def read(path: Path, shown: str = "") -> Document:
    """The header and body of `path`, which messages call `shown`. Raises DefinitionError with the place."""
    name = shown or str(path)
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        raise _invalid(
            name,
            Place(line=1, column=1),
            "file-too-large",
            f"{len(content)} bytes, at most {MAX_BYTES} are read",
            "Split it.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _invalid(
            name, Place(line=line, column=1), "not-utf-8", "the file is not UTF-8 text", "Save it as UTF-8."
        ) from error
    return parse(text.replace("\r\n", "\n"), name)


def parse(text: str, name: str) -> Document:
    header, body, body_line = _split(text, name)
    root = _compose(header, name)
    places = dict(_places(root, name))
    import yaml

    loader = yaml.CSafeLoader("")
    try:
        data = loader.construct_document(root)
    except yaml.YAMLError as error:
        raise _yaml_error(error, name) from error
    return Document(file=name, data=data, body=body, body_line=body_line, places=places)


def _split(text: str, name: str) -> tuple[str, str, int]:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise _invalid(
            name,
            Place(line=1, column=1),
            "no-frontmatter",
            "the file does not start with ---",
            "Start it with a YAML header.",
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise _invalid(
        name, Place(line=1, column=1), "open-frontmatter", "the header has no closing ---", "Close the header with ---."
    )


def _compose(header: str, name: str) -> yaml.MappingNode:
    import yaml

    try:
        node = yaml.compose(header, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise _yaml_error(error, name) from error
    if not isinstance(node, yaml.MappingNode):
        raise _invalid(
            name,
            Place(line=2, column=1),
            "not-a-mapping",
            "the header is not a list of keys",
            "Write `key: value` lines.",
        )
    return node


def _places(root: yaml.Node, name: str) -> Iterator[tuple[Pointer, Place]]:
    import yaml

    seen: set[int] = set()
    stack: list[tuple[Pointer, yaml.Node]] = [((), root)]
    while stack:
        pointer, node = stack.pop()
        place = _place(node)
        if id(node) in seen:
            raise _invalid(name, place, "alias", "YAML aliases are not read", "Write it out.")
        seen.add(id(node))
        if len(pointer) > MAX_DEPTH:
            raise _invalid(name, place, "too-deep", f"deeper than {MAX_DEPTH} levels", "Flatten it.")
        if isinstance(node, yaml.MappingNode):
            for key, value in _entries(node, name):
                yield (*pointer, key.value), _place(key)
                stack.append(((*pointer, key.value), value))
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                yield (*pointer, index), _place(item)
                stack.append(((*pointer, index), item))


def _entries(node: yaml.MappingNode, name: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    first: dict[str, int] = {}
    for key, value in node.value:
        place = _place(key)
        if not isinstance(key.value, str):
            raise _invalid(name, place, "bad-key", "a key is not plain text", "Use a word as key.")
        if key.value in first:
            message = f'"{key.value}" appears twice, first in line {first[key.value]}'
            raise _invalid(name, place, "duplicate-key", message, "Keep one of the two.")
        first[key.value] = place.line
        yield key, value


def _place(node: yaml.Node) -> Place:
    # The header starts in the file's second line, and marks count from 0.
    return Place(line=node.start_mark.line + 2, column=node.start_mark.column + 1)


def _yaml_error(error: yaml.YAMLError, name: str) -> DefinitionError:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 2, mark.column + 1) if mark else (2, 1)
    message = str(getattr(error, "problem", None) or error)
    fix = "Quote a value that contains a colon or a number sign, and indent with spaces."
    return _invalid(name, Place(line=line, column=column), "bad-yaml", f"the header is not valid YAML: {message}", fix)


def _invalid(name: str, place: Place, code: str, message: str, fix: str) -> DefinitionError:
    return DefinitionError([Problem(code=code, message=message, fix=fix).at(name, place.line, place.column)])
