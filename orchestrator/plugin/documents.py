"""JSON and YAML files of a plugin, with the place of every value, and what each file is to the client."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from orchestrator.plugin import jsontext, source, yamltext
from orchestrator.plugin.parsed import Parsed, Span
from orchestrator.plugin.problems import DefinitionError, Pointer, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Kind = Literal["hooks", "plugin", "marketplace", "mcp-servers", "settings", "eval-case", "grader", "data"]

_BY_PATH: tuple[tuple[str, Kind], ...] = (
    ("hooks/hooks.json", "hooks"),
    (".claude-plugin/plugin.json", "plugin"),
    (".claude-plugin/marketplace.json", "marketplace"),
    (".claude/settings.json", "settings"),
    (".claude/settings.local.json", "settings"),
)
_BY_NAME: dict[str, Kind] = {
    ".mcp.json": "mcp-servers",
    "hooks.json": "hooks",
    "plugin.json": "plugin",
    "marketplace.json": "marketplace",
    "case.yaml": "eval-case",
}
# Which files may begin with a byte order mark was seen by running client 2.1.331.
_NO_MARK: dict[Kind, str] = {
    "hooks": "the client refuses the whole plugin",
    "mcp-servers": "the client starts none of the servers",
}
_OF_A_KEY = frozenset({"unknown-key", "bad-key", "unknown-event"})
EVALS = "evals"
_MANIFEST = ".claude-plugin/plugin.json"
_GRADERS = "graders"
_EMPTY = Parsed(data=None, is_complete=False, keys={}, values={}, problems=())


@dataclass(frozen=True, kw_only=True)
class Text:
    text: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """`data` is None and `is_complete` False for a file that could not be read to its end. `problems` say why."""

    path: Path
    file: str
    kind: Kind
    data: Any
    is_complete: bool
    text: str
    sha256: str
    keys: Mapping[Pointer, Span]
    values: Mapping[Pointer, Span]
    problems: tuple[Problem, ...]

    @property
    def mapping(self) -> Mapping[str, Any]:
        """The document's keys; empty for one that is not an object."""
        return self.data if isinstance(self.data, dict) else {}

    def place(self, pointer: Pointer) -> Span:
        """The place of a value, or of its nearest parent that is in the file.

        An object or list is named by its key, since it goes over many lines.
        """
        while pointer and pointer not in self.values:
            pointer = pointer[:-1]
        span = self.values.get(pointer, Span(line=1, column=1))
        if self._is_container(pointer):
            return self.keys.get(pointer, span)
        return span

    def key_place(self, pointer: Pointer) -> Span:
        return self.keys.get(pointer) or self.place(pointer)

    def locate(self, problem: Problem) -> Problem:
        of_key = problem.code in _OF_A_KEY
        span = self.key_place(problem.pointer) if of_key else self.place(problem.pointer)
        return problem.at(self.file, span.line, span.column, span.end_line, span.end_column)

    def _is_container(self, pointer: Pointer) -> bool:
        found = self.data
        for step in pointer:
            try:
                found = found[step]
            except (LookupError, TypeError):
                return False
        return isinstance(found, dict | list)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One plugin of a marketplace. `folder` is its place in the repository, None where it comes from elsewhere."""

    pointer: Pointer
    data: Mapping[str, Any]
    folder: str | None


def entries(marketplace: DataFile) -> Iterator[Entry]:
    metadata = marketplace.mapping.get("metadata")
    prefix = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    for index, data in enumerate(listed(marketplace, "plugins")):
        if not isinstance(data, dict):
            continue
        source_ = data.get("source")
        folder = source_ if isinstance(source_, str) and ".." not in source_.split("/") else None
        if folder and not folder.startswith("./"):
            folder = f"{prefix}/{folder}" if isinstance(prefix, str) else None
        yield Entry(pointer=("plugins", index), data=data, folder=folder)


def listed(document: DataFile, key: str) -> list[Any]:
    """The list under `key`; empty where there is none."""
    found = document.mapping.get(key)
    return found if isinstance(found, list) else []


def manifest(root: Path) -> Mapping[str, Any]:
    """The keys of the manifest of the plugin in `root`; none where there is no manifest that can be read."""
    path = root / _MANIFEST
    return read(path).mapping if path.is_file() else {}


def kind_of(path: Path) -> Kind | None:
    """What the client takes the file at `path` for; "data" is any other JSON file. None for what is no document."""
    for end, kind in _BY_PATH:
        if path.as_posix().endswith(f"/{end}") or path.as_posix() == end:
            return kind
    if path.name in _BY_NAME:
        return _BY_NAME[path.name]
    if path.suffix == ".md" and path.parent.name == _GRADERS and EVALS in path.parts:
        return "grader"
    return _declared_kind(path) if path.suffix == ".json" else None


def _declared_kind(path: Path) -> Kind:
    """The kind by the manifest of the plugin around the file, which may name files of hooks and servers."""
    for folder in path.parents:
        if (folder / _MANIFEST).is_file():
            return dict(_declared(folder)).get(path, "data")
    return "data"


def _declared(root: Path) -> Iterator[tuple[Path, Kind]]:
    keys = manifest(root)
    kinds: dict[str, Kind] = {"hooks": "hooks", "mcpServers": "mcp-servers"}
    for key, kind in kinds.items():
        value = keys.get(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and each.endswith(".json") and ".." not in each.split("/"):
                yield root / each, kind


def under(root: Path) -> Iterator[Path]:
    """The documents of the plugin or project in `root`, those that its manifest names included."""
    named = [root / name for name in (*(end for end, _ in _BY_PATH), ".mcp.json")]
    named += [path for path, _ in _declared(root)]
    yield from dict.fromkeys(path for path in named if path.is_file())
    experimental = manifest(root).get("experimental")
    folder = experimental.get("evals") if isinstance(experimental, dict) else EVALS
    if not isinstance(folder, str) or ".." in folder.split("/"):
        folder = EVALS
    for pattern in ("**/case.yaml", f"**/{_GRADERS}/*.md"):
        yield from sorted(path for path in (root / folder).glob(pattern) if path.is_file())


def read(path: Path, shown: str = "", kind: Kind | None = None) -> DataFile:
    """The document at `path`, which messages call `shown`. What is wrong with it is in `problems`, never raised."""
    kind = kind or kind_of(path) or "data"
    name = shown or str(path)
    try:
        found = source.read(path, name)
    except DefinitionError as error:
        unread = replace(_EMPTY, problems=error.problems)
        return _file(path, name, kind, unread, Text())
    parsed = _parsed(found.text, kind, path)
    if found.bom and kind in _NO_MARK:
        mark = Problem(
            code="byte-order-mark",
            message=f"the file starts with a byte order mark: {_NO_MARK[kind]}",
            fix="Save it as UTF-8 without a byte order mark.",
        )
        parsed = replace(parsed, problems=(mark.at("", 1, 1), *parsed.problems))
    return _file(path, name, kind, parsed, Text(text=found.text, sha256=found.sha256))


def parse(text: str, path: Path, kind: Kind, shown: str = "", sha256: str = "") -> DataFile:
    """As `read`, of a text that is already there."""
    return _file(path, shown or str(path), kind, _parsed(text, kind, path), Text(text=text, sha256=sha256))


def _parsed(text: str, kind: Kind, path: Path) -> Parsed:
    if kind == "grader":
        return replace(_EMPTY, is_complete=True)
    is_yaml = kind == "eval-case" or path.suffix in (".yaml", ".yml")
    return yamltext.parse(text) if is_yaml else jsontext.parse(text)


def _file(path: Path, name: str, kind: Kind, parsed: Parsed, text: Text) -> DataFile:
    problems = (each.at(name, each.line, each.column, each.end_line, each.end_column) for each in parsed.problems)
    return DataFile(
        path=path,
        file=name,
        kind=kind,
        data=parsed.data,
        is_complete=parsed.is_complete,
        text=text.text,
        sha256=text.sha256,
        keys=parsed.keys,
        values=parsed.values,
        problems=tuple(problems),
    )
