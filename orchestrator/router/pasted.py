"""The stretches of a task that were not written as a request: quotations, code, and pasted logs, traces and SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED = re.compile(
    r"\n?```.*?(?:```|\Z)|`[^`\n]{1,400}`|“[^”\n]{1,400}”|«[^»\n]{1,400}»|„[^“”\n]{1,400}[“”]|「[^」\n]{1,400}」"
    r'|(?<![\w"])"[^"\n]{1,400}"(?!\w)|(?<![\w\'])\'[^\'\n]{1,400}\'(?!\w)',
    re.DOTALL,
)
_LEVELS = (
    "error|fatal|panic|warning|warn|notice|detail|hint|context|statement|log|info|debug|location|query|caused by|psql"
    "|planning time|execution time|buffers|filter|sort key|hash cond|index cond"
)
_LOG = re.compile(
    rf"""\s*(?:
      traceback\ \(most | file\ ".*",\ line\ \d | at\ \S+[(:].*\d | at\ [\w.$<>]+\(.*\) | \.\.\.\ \d+\ more
      | \^+\s*$ | ~+\^ | (?:{_LEVELS.replace(" ", chr(92) + " ")})\s*: | line\ \d+: | \[\w+\]\s
      | \[?\d{{4}}-\d\d-\d\d[t\ ]\d\d:\d\d | \d\d:\d\d:\d\d
      | (?:\w+\.)+\w*(?:error|exception|warning|timeout|violation)\b | \w+(?:error|exception):
      | (?:->\s+)?[\w\ ]+\(cost=\d | \(background\ on | goroutine\ \d | \[sql: | \[parameters: | \$\ \w
      | npm\ err | exit\ (?:code|status)
    )""",
    re.VERBOSE,
)
_FRAME = re.compile(
    r'File "[^"\n]{1,300}", line \d+(?:, in \S+)?(?:\n[ \t]+[^\n]*)?|\bat [\w.$<>/@-]+ ?\([^()\n]{1,200}:\d+\)'
)
_SQL = re.compile(
    r"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|WITH|FROM|WHERE|(?:LEFT |INNER |CROSS )?JOIN"
    r"|GROUP BY|ORDER BY|HAVING|LIMIT|AND|OR|ON|SET|VALUES|RETURNING|BEGIN|COMMIT)\b(?=\s+[A-Z(*\w]|;|$)"
)


def stretches(task: str) -> list[tuple[int, int]]:
    """Start and end of each, in order. A pasted block takes the line break before it along, so that it stays with what
    introduces it.
    """
    found = [match.span() for match in _QUOTED.finditer(task)] if _may_quote(task) else []
    if "\n" in task:
        found += _blocks(task)
    return _merged(sorted(found))


def frames(task: str) -> list[tuple[int, int]]:
    """The frames of stack traces: their paths and names say where it broke, not what is asked."""
    return [match.span() for match in _FRAME.finditer(task)] if "line " in task or "at " in task else []


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _may_quote(task: str) -> bool:
    return any(mark in task for mark in "\"'`“«„「")


def _blocks(task: str) -> Iterator[tuple[int, int]]:
    start: int | None = None
    end = at = 0
    for line in task.split("\n"):
        pasted = _is_pasted(line, inside=start is not None)
        if pasted:
            start = max(0, at - 1) if start is None else start
            end = at + len(line)
        elif start is not None and line.strip():
            yield start, end
            start = None
        at += len(line) + 1
    if start is not None:
        yield start, end


def _is_pasted(line: str, *, inside: bool) -> bool:
    """Inside a block an indented line belongs to it."""
    if inside and line[:1] in (" ", "\t") and line.strip():
        return True
    return bool(_SQL.match(line) or _LOG.match(line.lower()))
