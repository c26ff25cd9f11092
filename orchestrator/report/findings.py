"""Findings as a compiler prints them, with the line of the source and a caret, and as annotations of GitHub.

What the files say is not trusted: a character that a terminal would obey is written as an escape.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.plugin.problems import SEVERITIES
from orchestrator.report import figures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from orchestrator.plugin.problems import Problem, Severity

MAX_BYTES = 2_000_000
WIDTH = 110
_TAB = "    "
_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "note": "36"}
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a code stands for: `why` it matters, how it is mended, and where that stands."""

    code: str
    severity: Severity
    why: str
    mend: str
    source: str = ""


class Excerpts:
    """Lines of the files that findings are about. `texts` has those that are in no file, by the name they go by."""

    def __init__(self, root: Path, texts: Mapping[str, str] | None = None) -> None:
        self._root = root
        self._lines = {name: _BREAK.split(text) for name, text in (texts or {}).items()}

    def line(self, file: str, number: int) -> str | None:
        """The line without its end; None where the file cannot be read or is shorter."""
        if number < 1 or not file:
            return None
        if file not in self._lines:
            self._lines[file] = _lines(self._root / file)
        lines = self._lines[file]
        return lines[number - 1] if number <= len(lines) else None


def _lines(path: Path) -> list[str]:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return []
        return _BREAK.split(path.read_bytes().decode("utf-8-sig", "replace"))
    except (OSError, ValueError):
        return []


def text(
    problems: Iterable[Problem], excerpts: Excerpts, *, secret: Collection[str] = (), coloured: bool = False
) -> Iterator[str]:
    """One block of lines for each finding. Lines on which a finding with a code in `secret` stands are not quoted."""
    found = list(problems)
    hidden = {(each.file, each.line) for each in found if each.code in secret}
    for each in found:
        lines = [_head(each, coloured=coloured)]
        source = excerpts.line(each.file, each.line)
        if source is not None and each.column and (each.file, each.line) not in hidden:
            lines += _quoted(each, source)
        yield "\n".join([*lines, f"  fix: {one_line(sentence(each.fix))}"])


def _head(problem: Problem, *, coloured: bool) -> str:
    severity = f"\033[1;{_COLOURS[problem.severity]}m{problem.severity}\033[0m" if coloured else problem.severity
    return f"{one_line(problem.place)}: {severity}: {one_line(problem.code)}: {one_line(problem.message)}"


def _quoted(problem: Problem, source: str) -> list[str]:
    start = min(problem.column - 1, len(source))
    end = start + 1
    if problem.end_line == problem.line:
        end = max(end, problem.end_column - 1)
    elif problem.end_line > problem.line:
        end = max(end, len(source.rstrip()))
    left, right = _window(source, start)
    cells = [_cell(character) for character in source[left:right]]
    before, after = "…" if left else "", "…" if right < len(source) else ""
    indent = sum(_width(cell) for cell in cells[: start - left]) + len(before)
    length = max(1, sum(_width(cell) for cell in cells[start - left : end - left]))
    number = f"{problem.line:>5}"
    return [
        f"{number} | {before}{''.join(cells)}{after}".rstrip(),
        f"{' ' * len(number)} | {' ' * indent}^{'~' * (length - 1)}",
    ]


def _window(source: str, start: int) -> tuple[int, int]:
    """Which part of a long line is shown: the place and what stands before it."""
    if len(source) <= WIDTH:
        return 0, len(source)
    left = max(0, min(start - WIDTH // 2, len(source) - WIDTH))
    return left, left + WIDTH


def _cell(character: str) -> str:
    if character == "\t":
        return _TAB
    shown: str = figures.printable(character)
    return shown


def _width(cell: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in ("W", "F")
        else 1
        for character in cell
    )


def one_line(value: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey."""
    shown: str = figures.printable(value)
    return shown.replace("\n", "\\n").replace("\t", " ")


def sentence(value: str) -> str:
    """The text with a capital letter and a full stop."""
    text = value.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""


def github(problems: Iterable[Problem]) -> Iterator[str]:
    """Workflow commands that make an annotation each."""
    for each in problems:
        kind = "notice" if each.severity == "note" else each.severity
        properties = {"file": one_line(each.file)}
        if each.line:
            properties["line"] = str(each.line)
            properties["col"] = str(max(1, each.column))
        if each.end_line:
            properties["endLine"] = str(each.end_line)
        if each.end_line == each.line and each.end_column > each.column:
            properties["endColumn"] = str(each.end_column)
        properties["title"] = one_line(each.code)
        given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        yield f"::{kind} {given}::{_data(figures.printable(f'{sentence(each.message)} {sentence(each.fix)}'))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def counted(problems: Sequence[Problem]) -> dict[Severity, int]:
    """How many there are of each severity, the worst first."""
    counts = Counter(problem.severity for problem in problems)
    return {severity: counts[severity] for severity in SEVERITIES}


def summary(checked: int, problems: Sequence[Problem]) -> str:
    """One line: how much was looked at, and what was found."""
    named = [f"{number:,} {severity}{'s' * (number != 1)}" for severity, number in counted(problems).items() if number]
    files = f"{checked:,} file{'s' * (checked != 1)} checked"
    return f"{files}, {', '.join(named) or 'no findings'}"
