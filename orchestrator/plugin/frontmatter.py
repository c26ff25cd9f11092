"""The YAML header of a markdown file, with the line and column of every value.

Claude Code repairs broken headers silently and can lose the tool limits on the way. `read` therefore repairs nothing;
`read_leniently` reads what the author meant, for those who tell what is wrong, and says what it had to repair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import fences, repair, source, yamlheader
from orchestrator.plugin.place import Place
from orchestrator.plugin.problems import DefinitionError, Pointer, Problem
from orchestrator.plugin.yamlheader import NotYaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orchestrator.plugin.fences import Split
    from orchestrator.plugin.source import Source

__all__ = ["Document", "Place", "parse", "parse_leniently", "read", "read_leniently"]

_FIX = "Quote a value that contains a colon or a number sign, and indent with spaces."


@dataclass(frozen=True, kw_only=True)
class Document:
    """`places` maps the path of each value to where its key (or list item) starts in the file.

    `header` is valid YAML; `problems` has everything that kept the header from being sound, `repairs` those of them
    that were repaired in `header` and in `data`.
    """

    file: str
    data: dict[str, Any]
    body: str
    body_line: int
    places: dict[Pointer, Place]
    header: str
    source: Source
    problems: tuple[Problem, ...] = ()
    repairs: tuple[Problem, ...] = ()

    def place(self, pointer: Pointer) -> Place:
        """The place of the value at `pointer`, or of its nearest parent that is in the file."""
        while pointer and pointer not in self.places:
            pointer = pointer[:-1]
        return self.places.get(pointer, Place(line=1, column=1))

    def locate(self, problem: Problem) -> Problem:
        place = self.place(problem.pointer)
        return problem.at(self.file, place.line, place.column)


def read(path: Path, shown: str = "") -> Document:
    """The header and body of `path`, which messages call `shown`. Raises DefinitionError with every fault's place."""
    return _strictly(source.read(path, shown))


def parse(text: str, name: str) -> Document:
    return _strictly(source.of_text(text, name))


def read_leniently(path: Path, shown: str = "") -> Document:
    """The same, with what is wrong as `problems`. Raises DefinitionError only for a file that is no text."""
    return _leniently(source.read(path, shown))


def parse_leniently(text: str, name: str) -> Document:
    return _leniently(source.of_text(text, name))


def _strictly(given: Source) -> Document:
    split = fences.split(given.text)
    faults = _named(split.problems, given)
    if any(problem.severity == "error" for problem in faults):
        raise DefinitionError(faults)
    try:
        header = yamlheader.read(f"{split.header}\n", lambda line: line + split.header_line - 1)
    except NotYaml as error:
        raise DefinitionError([_not_yaml(error, split, given.shown)]) from error
    if header.problems:
        raise DefinitionError(_named(header.problems, given))
    return _document(given, split, header, split.header, problems=faults)


def _leniently(given: Source) -> Document:
    split = fences.split(given.text)
    if not split.header.strip() and split.problems:
        nothing = yamlheader.Header(data={}, places={}, values={}, problems=(), notes=(), is_whole=False)
        return _document(given, split, nothing, "", problems=_named(split.problems, given))
    repaired = repair.repaired(split.header)
    first, lines = split.header_line, repaired.lines
    header = yamlheader.read(f"{repaired.text}\n", lambda line: lines[min(line, len(lines)) - 1] + first - 1)
    repairs = tuple(
        problem.at(given.shown, problem.line + first - 1, problem.column)
        for problem in _weighed(repaired.problems, header.data, given)
    )
    problems = (*repairs, *_named((*split.problems, *header.problems, *header.notes), given))
    ordered = tuple(sorted(problems, key=lambda each: (each.line, each.column)))
    return _document(given, split, header, repaired.text, problems=ordered, repairs=repairs)


def _document(
    given: Source,
    split: Split,
    header: yamlheader.Header,
    text: str,
    *,
    problems: tuple[Problem, ...],
    repairs: tuple[Problem, ...] = (),
) -> Document:
    return Document(
        file=given.shown,
        data=header.data,
        body=split.body,
        body_line=split.body_line,
        places=header.places,
        header=text,
        source=given,
        problems=problems,
        repairs=repairs,
    )


def _named(problems: tuple[Problem, ...], given: Source) -> tuple[Problem, ...]:
    return tuple(replace(problem, file=given.shown) for problem in problems)


def _weighed(problems: tuple[Problem, ...], data: dict[str, Any], given: Source) -> Iterator[Problem]:
    """A repair is only a warning where the client reads the same value as we do."""
    from orchestrator.plugin.host import reading

    keys = reading.read(given.raw).keys if problems else {}
    for problem in problems:
        key = str(problem.pointer[0]) if problem.pointer else ""
        is_same = key in data and keys.get(key) == data[key]
        yield replace(problem, severity="warning") if is_same else problem


def _not_yaml(error: NotYaml, split: Split, name: str) -> Problem:
    message = f"the header is not valid YAML: {error.message}"
    problem = Problem(code="bad-yaml", message=message, fix=_FIX)
    return problem.at(name, error.place.line + split.header_line - 1, error.place.column)
