"""How the client gets the keys out of a file: what it takes for the header, how it repairs it, and what that loses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from orchestrator.plugin import yamlheader
from orchestrator.plugin.yamlheader import NotYaml

# Control characters, which the client lets stand and PyYAML does not, as private ones.
_HIDDEN = {code: 0xE100 + code for code in (*range(1, 9), 11, 12, *range(14, 32), *range(127, 133), *range(134, 160))}
_SHOWN = {hidden: code for code, hidden in _HIDDEN.items()}
_DOTS = re.compile(r"^\.\.\.[ \t]*\r?$", re.MULTILINE)
_CONTENT = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
State = Literal["none", "read", "repaired", "failed"]
# Its header ends at the first three hyphens, wherever they stand.
_HEADER = re.compile(r"\A---[\s\ufeff]*\n(.*?)---[\s\ufeff]*", re.DOTALL)
_LINE = re.compile(r"\A([a-zA-Z_-]+):[\s\ufeff]+([^\s\ufeff].*)\Z")
_OTHER_LINE_ENDS = re.compile("[\r\u2028\u2029]")
_TO_QUOTE = re.compile(r"[{}\[\]*&#!|>%@`]|: ")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`state`: no header was found, it is YAML, it was repaired, or it stayed unreadable, which leaves no keys.

    `header` is what the client takes for it, `body` the rest.
    """

    state: State
    keys: dict[str, Any]
    header: str
    body: str


def read(raw: str) -> Reading:
    """What the client reads of a file that holds `raw`."""
    text = raw.removeprefix("\ufeff")
    match = _HEADER.match(text)
    if match is None:
        return Reading(state="none", keys={}, header="", body=raw)
    header, body = match[1], text[match.end() :]
    for state, candidate in (("read", header), ("repaired", _repaired(header))):
        keys = _keys(candidate)
        if keys is not None:
            return Reading(state=state, keys=keys, header=header, body=body)  # type: ignore[arg-type]
    return Reading(state="failed", keys={}, header=header, body=body)


def _keys(header: str) -> dict[str, Any] | None:
    """The keys of a header that is YAML; none for YAML that is no mapping. None where it is not YAML."""
    try:
        documents = [yamlheader.read(part.translate(_HIDDEN)).data for part in _documents(header)]
    except NotYaml:
        return None
    return {_back(key): _back(value) for key, value in documents[0].items()} if len(documents) == 1 else {}


def _documents(header: str) -> list[str]:
    """The parts that `...` divides the header into; of several, the client takes none."""
    parts = _DOTS.split(header)
    return [part for part in parts if _CONTENT.search(part)] or parts[:1]


def _back(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_SHOWN)
    if isinstance(value, list):
        return [_back(each) for each in value]
    return {_back(key): _back(each) for key, each in value.items()} if isinstance(value, dict) else value


def _repaired(header: str) -> str:
    lines = [_repaired_line(line) for line in header.split("\n")]
    return "\n".join("  " * _tabs(line) + line[_tabs(line) :] for line in lines)


def _tabs(line: str) -> int:
    return len(line) - len(line.lstrip("\t"))


def _repaired_line(line: str) -> str:
    match = _LINE.match(line)
    # These end a line for the pattern and not for the split: with Windows line ends nothing is repaired.
    if match is None or _OTHER_LINE_ENDS.search(match[2]):
        return line
    key, value = match[1], match[2]
    is_quoted = value[0] in "\"'" and value.endswith(value[0])
    if is_quoted or (value.startswith("[") and value.endswith("]") and _is_list(value)) or not _TO_QUOTE.search(value):
        return line
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{key}: "{escaped}"'


def _is_list(value: str) -> bool:
    import yaml

    try:
        return isinstance(yamlheader.compose(value), yaml.SequenceNode)
    except NotYaml:
        return False
