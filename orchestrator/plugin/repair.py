"""A header that is not valid YAML, rewritten to say what its author meant: every value whole, every comment kept.

What is sound stays as it is, letter for letter. The client has a repair of its own (host/reading.py), which loses more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orchestrator.plugin import scalartext, yamlheader
from orchestrator.plugin.headerlines import LIST_KEYS, PAIR, TEXT_KEYS, Entry, Line, compose, entries, is_head, is_sound
from orchestrator.plugin.problems import Problem
from orchestrator.plugin.yamlheader import MAX_DEPTH, NotYaml, is_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

_BLOCK = re.compile(r"\A[|>](?:[-+]?[1-9]?|[1-9][-+])[ \t]*(?:#.*)?\Z")
_FIX = "Quote the value, or write it as a block: `key: |` with indented lines below."


@dataclass(frozen=True, kw_only=True)
class Repair:
    """`text` is valid YAML. `lines` has, for each of its lines, the number of the line it comes from, from 1.

    `problems` have the lines and columns of the header as it was, and name the key they are about.
    """

    text: str
    problems: tuple[Problem, ...]
    lines: tuple[int, ...]


def repaired(header: str) -> Repair:
    """`header` as valid YAML. What is valid already is changed only where YAML drops a part of a text."""
    lines = [Line(number=number, text=text) for number, text in enumerate(header.split("\n"), start=1)]
    work = _Work()
    lines = work.characters(lines)
    for mend in (work.ends, work.tabs):
        lines = lines if _is_mapping(lines) else mend(lines)
    if not _is_mapping(lines):
        lines = work.block(lines, 0, ())
    if not _is_mapping(lines):
        work.is_wary = True
        lines = work.block(lines, 0, ())
    if not _is_mapping(lines):
        lines = [work.stray(line) for line in lines]
    lines = work.cut_texts(lines)
    return Repair(
        text="\n".join(line.text for line in lines),
        problems=tuple(sorted(work.problems, key=lambda each: (each.line, each.column))),
        lines=tuple(line.number for line in lines),
    )


def _is_mapping(lines: Sequence[Line]) -> bool:
    import yaml

    try:
        node = compose(lines)
    except NotYaml:
        return False
    return isinstance(node, yaml.MappingNode) or (node is None and all(line.is_aside for line in lines))


@dataclass(kw_only=True)
class _Work:
    """`is_wary`: the entries are sound one by one and not together, so none is trusted."""

    problems: list[Problem] = field(default_factory=list)
    is_wary: bool = False

    def note(self, line: Line, column: int, message: str, key: str | int = "", code: str = "bad-yaml") -> None:
        problem = Problem(code=code, message=message, fix=_FIX, pointer=(key,) if key != "" else ())
        self.problems.append(problem.at("", line.number, column))

    def characters(self, lines: list[Line]) -> list[Line]:
        found = []
        for line in lines:
            bad = next((at for at, each in enumerate(line.text) if not is_allowed(each)), None)
            if bad is None:
                found.append(line)
                continue
            code = ord(line.text[bad])
            self.note(line, bad + 1, f"the character U+{code:04X} may not stand in YAML; it is left out")
            found.append(replace(line, text="".join(filter(is_allowed, line.text))))
        return found

    def ends(self, lines: list[Line]) -> list[Line]:
        """A line `...` ends a YAML document: what follows would be another one."""
        return [self.stray(line) if line.text.rstrip() == "..." else line for line in lines]

    def tabs(self, lines: list[Line]) -> list[Line]:
        """Two blanks for each tab at the start of a line, as the client has it."""
        found = []
        for line in lines:
            tabs = len(line.text) - len(line.text.lstrip("\t"))
            if tabs and not line.is_blank:
                self.note(line, 1, "a tab indents the line, which YAML does not allow; read as two blanks")
            found.append(replace(line, text="  " * tabs + line.text[tabs:]))
        return found

    def block(self, lines: list[Line], indent: int, path: tuple[str | int, ...]) -> list[Line]:
        """The entries at `indent`, those that are not sound rewritten."""
        before, inside = entries(lines, indent, path)
        found = [self.stray(line) for line in before]
        for entry in inside:
            is_kept = not self.is_wary and is_sound(entry.lines)
            found += entry.lines if is_kept else self._entry(entry, indent, path)
            found += entry.aside
        return found

    def stray(self, line: Line) -> Line:
        if line.is_aside:
            return line
        self.note(line, line.indent + 1, "the line belongs to no key; read as a comment", code="stray-line")
        return replace(line, text=f"# {line.text.strip()}")

    def _entry(self, entry: Entry, indent: int, path: tuple[str | int, ...]) -> list[Line]:
        head, inner = entry.lines[0], (*path, entry.key)
        value, comment = scalartext.without_comment(entry.rest, is_text=self._is_text(inner))
        opening = " " * indent + entry.mark
        content = [line for line in entry.more if not line.is_blank]
        if _BLOCK.match(entry.rest):
            return self._indented(entry, indent, inner)
        if value.strip() and not content:
            return [replace(head, text=f"{opening}{self._scalar(entry, head, value, inner)}{comment}"), *entry.more]
        nested = min((line.indent for line in content), default=0)
        first = next((line for line in content if not line.is_aside), None)
        if len(path) < MAX_DEPTH and self._is_nested(value, first, nested, inner):
            below = self.block(entry.more, max(nested, indent), inner)
            return [replace(head, text=f"{opening}{comment}".rstrip()), *below]
        if isinstance(entry.key, int) and PAIR.match(value.strip()):
            return self._mapping_in_item(entry, indent, inner)
        if not value.strip() and not content:
            if head.text[indent:].startswith(f"{entry.key}:#"):
                self.note(
                    head, head.indent + 1, "a blank is missing behind the colon; read as if it were there", inner[0]
                )
            return [replace(head, text=f"{opening}{comment}".rstrip()), *entry.more]
        return self._text(entry, indent, inner)

    def _is_nested(self, value: str, first: Line | None, indent: int, path: tuple[str | int, ...]) -> bool:
        """Whether keys or items stand below a key, and not a text."""
        return not value.strip() and first is not None and not self._is_text(path) and is_head(first, indent, path)

    def _is_text(self, path: tuple[str | int, ...]) -> bool:
        return bool(path) and path[-1] in TEXT_KEYS

    def _scalar(self, entry: Entry, head: Line, value: str, path: tuple[str | int, ...]) -> str:
        stripped = value.strip()
        column = head.text.find(stripped, head.indent + len(entry.mark) - 1) + 1
        if self.is_wary and stripped[0] not in "&*!" and _stands_alone(stripped):
            return stripped
        if path[-1] in LIST_KEYS and stripped.startswith(("[", "- ")):
            self.note(head, column, "the list is not closed, or holds a name that needs quotes; read as names", path[0])
            stripped = stripped.removeprefix("- ")
            return "[" + ", ".join(map(scalartext.quoted, scalartext.names(stripped))) + "]"
        if _stands_alone(stripped) and not self.is_wary:
            self.note(head, column, _why_apart(head.text, column, entry), path[0])
            return stripped
        self.note(head, column, f"{_why(stripped)}; read as one text", path[0])
        return scalartext.quoted(scalartext.meant(stripped))

    def _text(self, entry: Entry, indent: int, path: tuple[str | int, ...]) -> list[Line]:
        """The value and the lines below it as one text that keeps its lines."""
        head = entry.lines[0]
        self.note(head, head.indent + 1, "the lines of the text are not one YAML value; read as one text", path[0])
        left = min((line.indent for line in entry.more if not line.is_blank), default=0)
        body = [replace(line, text=line.text[left:].rstrip()) for line in entry.more]
        if entry.rest.strip():
            body.insert(0, replace(head, text=entry.rest.strip()))
        return self._literal(entry, indent, body, "|-")

    def _indented(self, entry: Entry, indent: int, path: tuple[str | int, ...]) -> list[Line]:
        """The lines of a block, which have to stand further right than their key."""
        head = entry.lines[0]
        self.note(head, head.indent + 1, "the lines of the block are not indented; read as if they were", path[0])
        left = min((line.indent for line in entry.more if not line.is_blank), default=0)
        body = [replace(line, text=line.text[left:]) for line in entry.more]
        return self._literal(entry, indent, body, entry.rest.split("#")[0].strip().rstrip("0123456789"))

    def _literal(self, entry: Entry, indent: int, body: list[Line], style: str) -> list[Line]:
        first = next((line for line in body if not line.is_blank), None)
        mark = f"{style[0]}2{style[1:]}" if first and first.text.startswith(" ") else style
        shift = " " * (indent + 2)
        opening = replace(entry.lines[0], text=f"{' ' * indent}{entry.mark}{mark}")
        return [opening, *(replace(line, text="" if line.is_blank else shift + line.text) for line in body)]

    def _mapping_in_item(self, entry: Entry, indent: int, path: tuple[str | int, ...]) -> list[Line]:
        head = replace(entry.lines[0], text=" " * (indent + 2) + entry.rest)
        inner = self.block([head, *entry.more], indent + 2, path)
        return [replace(inner[0], text=f"{' ' * indent}- {inner[0].text[indent + 2 :]}"), *inner[1:]]

    def cut_texts(self, lines: list[Line]) -> list[Line]:
        """Texts that are valid YAML and yet not what they say: cut by a number sign, or taken for a list."""
        import yaml

        root = compose(lines)
        found = list(lines)
        for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
            at = value.start_mark.line
            if str(key.value) not in TEXT_KEYS or value.end_mark.line != at or key.start_mark.line != at:
                continue
            line = found[at]
            raw = line.text[key.end_mark.column :].lstrip(" \t:")
            why = _changed(value, raw)
            if why:
                start = len(line.text) - len(raw)
                self.note(line, start + 1, why, key.value, "text-not-whole")
                found[at] = replace(line, text=line.text[:start] + scalartext.quoted(raw.strip()))
        return found


def _changed(value: yaml.Node, raw: str) -> str:
    """Why YAML reads another text than `raw`; empty if it reads that."""
    import yaml

    if not isinstance(value, yaml.ScalarNode):
        return "brackets make it a list or a mapping, a text is meant; read as one text" if _is_flow(value) else ""
    if value.style:
        return ""
    if raw[:1] in "!&" and raw[1:2].strip():
        return f"`{raw[0]}` makes the first word a {_MARKS[raw[0]]}, which is no part of the text; read as one text"
    behind = raw[len(value.value) :].lstrip() if raw.startswith(value.value) else ""
    is_cut = behind.startswith("#") and behind[1:2].strip()
    return f"`#` starts a comment: YAML ends the text before {behind.split()[0]}; read as one text" if is_cut else ""


_MARKS = {"!": "tag", "&": "name"}


def _is_flow(node: yaml.Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _stands_alone(value: str) -> bool:
    """Whether YAML reads the value as it is written."""
    try:
        yamlheader.compose(f"key: {value}")
    except NotYaml:
        return False
    return True


def _why_apart(text: str, column: int, entry: Entry) -> str:
    """Why YAML does not take a sound value for that of its key or item."""
    if isinstance(entry.key, int):
        return "an item of a list starts with `-`; read as one"
    if text[column - 2 : column - 1] == ":":
        return "a blank is missing behind the colon; read as if it were there"
    return "blanks that YAML does not know stand before the value; read as a blank"


_REASONS = (
    (re.compile(r"\A[\"']"), "the quotes do not enclose the whole value"),
    (re.compile(r"\A[@`]"), "the value starts with a character that YAML reserves"),
    (re.compile(r"\A\*"), "`*` at the start of a value is an alias"),
    (re.compile(r"\A&"), "`&` at the start of a value is an anchor"),
    (re.compile(r"\A!"), "`!` at the start of a value is a tag"),
    (re.compile(r"\A%"), "`%` at the start of a value is a directive"),
    (re.compile(r"\A[|>]"), "`|` and `>` start a block, which begins in the next line"),
    (re.compile(r"\A[\[{]"), "the brackets do not enclose the whole value, or are not closed"),
    (re.compile(r"\A[-?:] "), "the value starts with a mark of YAML"),
    (re.compile(r":(?: |\Z)"), "the text holds a colon, which in YAML ends a key"),
)


def _why(value: str) -> str:
    return next((why for pattern, why in _REASONS if pattern.search(value)), "the value is not valid YAML")
