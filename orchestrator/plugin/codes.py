"""What the codes of the readers and schemas stand for; those of the checks stand in their records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestrator.plugin.problems import Severity


@dataclass(frozen=True, kw_only=True)
class Code:
    why: str
    mend: str
    severity: Severity = "error"
    source: str = ""


_JSON = "https://www.rfc-editor.org/rfc/rfc8259"
_YAML = "https://yaml.org/spec/1.2.2/"

_HOST = {
    "host-agent-without-fork": Code(
        why="agent has an effect with context: fork only", mend="add it", severity="warning"
    ),
    "bad-fence": Code(why="the client knows no other line than --- around a header", mend="write ---"),
    "host-changed-value": Code(
        why="the client reads another value than the one that is written", mend="quote the value"
    ),
    "host-dropped-value": Code(why="the client does not keep the value", mend="use a value that it keeps"),
    "host-folder-names-skill": Code(
        why="the client names a skill after its folder", mend="rename one of the two", severity="warning"
    ),
    "host-header-cut": Code(why="the client ends the header at a line that starts with ---", mend="write a dash there"),
    "host-header-lost": Code(
        why="the client loses keys of a header that is not YAML", mend="run orchestrate agents fix"
    ),
    "header-not-first": Code(why="the client looks for a header at the start of the file only", mend="put it there"),
    "host-ignored-key": Code(why="the client passes over the key", mend="remove it, or move it to where it works"),
    "host-limit-without-effect": Code(
        why="the client grants the whole tool, whatever the brackets say", mend="use a hook"
    ),
    "host-literal-newline": Code(why="the model reads a backslash and an n", mend="write line breaks"),
    "host-lost-key": Code(why="the client loses the key", mend="run orchestrate agents fix"),
    "host-memory-adds-tools": Code(
        why="memory grants tools that tools does not list", mend="list them, or remove memory", severity="warning"
    ),
    "host-no-description": Code(why="without a description nobody knows when to use it", mend="add one"),
    "host-no-name": Code(why="the client takes the name of the file", mend="add the name", severity="note"),
    "host-no-tools": Code(
        why="an agent with an empty list has no tools at all", mend="list the tools, or remove the key"
    ),
    "host-not-a-skill": Code(why="the client reads skills from files called SKILL.md only", mend="rename the file"),
    "host-not-loaded": Code(why="the client leaves the file out", mend="mend what it names"),
    "host-readme-is-agent": Code(
        why="the client takes every markdown file in agents/ for an agent", mend="move it away"
    ),
    "host-text-lost": Code(why="the client takes a part of the text for the header", mend="close the header with ---"),
    "host-unknown-model": Code(
        why="the client sends the name of the model as it stands", mend="use a model that it knows", severity="warning"
    ),
    "host-unknown-tool": Code(why="the client drops the name of a tool that it does not have", mend="correct it"),
    "not-mended": Code(
        why="agents fix would have to guess, or would lose something",
        mend="mend the header by hand",
        severity="warning",
    ),
    "number-for-text": Code(
        why="a version that is read as a number loses its last digits", mend="put it in quotes", severity="note"
    ),
    "stray-line": Code(why="a line that belongs to no key is lost", mend="indent it, or remove it"),
    "text-not-whole": Code(why="the client reads a part of the text", mend="put it in quotes"),
    "two-headers": Code(why="the second header is a part of the text", mend="move its keys into the first one"),
    "yaml-1.1": Code(
        why="readers of YAML 1.1 and 1.2 do not agree on the value",
        mend="put it in quotes",
        severity="note",
        source=_YAML,
    ),
    "yaml-tag": Code(why="a tag of YAML is read as a part of the value", mend="put the value in quotes", source=_YAML),
}

CODES: dict[str, Code] = _HOST | {
    "alias": Code(why="a value that stands for another one cannot be placed", mend="write it out", source=_YAML),
    "bad-json": Code(why="the client does not read a file that is not JSON", mend="correct the place", source=_JSON),
    "bad-key": Code(why="a key is not written as it has to be", mend="correct the key"),
    "bad-value": Code(why="a value breaks a rule of its schema", mend="change the value"),
    "bad-yaml": Code(why="the file or header is not YAML", mend="indent with spaces and quote values", source=_YAML),
    "binary-file": Code(why="a file with bytes that are no text is not read", mend="save it as text"),
    "byte-order-mark": Code(
        why="the client refuses the file for its first three bytes", mend="save it as UTF-8 without a byte order mark"
    ),
    "duplicate-key": Code(why="of two values for one key the client loses one", mend="keep one of the two"),
    "empty-file": Code(why="there is nothing in the file", mend="write it, or remove it"),
    "file-too-large": Code(why="a file of this size is not read", mend="split it"),
    "json-comment": Code(why="the client does not read JSON with comments", mend="remove the comment", source=_JSON),
    "json-number": Code(
        why="JSON has no such number, or it changes when it is read", mend="write digits", source=_JSON
    ),
    "json-string": Code(why="the client does not read a text that is written so", mend="quote it", source=_JSON),
    "missing-key": Code(why="a key that has to be there is not", mend="add the key"),
    "no-frontmatter": Code(why="a definition without a header has no description", mend="start it with a YAML header"),
    "not-a-mapping": Code(why="the header has no keys", mend="write `key: value` lines"),
    "not-a-number": Code(why="the number changes when it is read", mend="write a text in quotes", source=_YAML),
    "not-utf-8": Code(why="a file in another encoding is not read", mend="save it as UTF-8"),
    "open-frontmatter": Code(why="the header has no end", mend="close it with ---"),
    "too-deep": Code(why="a value of this depth is not read", mend="flatten it"),
    "too-many-values": Code(why="a file with this many values is not read", mend="split it"),
    "trailing-comma": Code(why="the client does not read JSON with a comma too many", mend="remove it", source=_JSON),
    "unknown-document-schema": Code(
        why="the document was not held against a schema", mend="correct the name of the schema", severity="note"
    ),
    "unknown-key": Code(why="nobody reads the key", mend="remove it, or correct its spelling"),
    "unknown-value": Code(why="the value is none of those that are known", mend="use one of them"),
    "unreadable": Code(why="the file cannot be opened", mend="correct its permissions"),
    "wrong-type": Code(why="a value of another type is not read", mend="write it in the right type"),
}
