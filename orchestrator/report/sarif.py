"""Findings as SARIF 2.1.0, the format that code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from orchestrator.report import figures
from orchestrator.report.findings import Rule, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.plugin.problems import Problem
    from orchestrator.report.findings import Excerpts

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
FINGERPRINT = "finding/v1"
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\[(?=[^\]\n]*\]\()")


def log(
    problems: Sequence[Problem],
    *,
    root: Path,
    excerpts: Excerpts,
    rules: Mapping[str, Rule],
    version: str,
    category: str,
) -> dict[str, Any]:
    """One run. Paths are relative to `root`, an absolute one; `category` tells apart several runs over the same files.

    Rules that `rules` does not know are made from the first finding of their code.
    """
    used = _used(problems, rules)
    index = {code: number for number, code in enumerate(used)}
    occurrences: dict[tuple[str, str], int] = defaultdict(int)
    results = []
    for each in problems:
        uri = _location(each.file, root).get("uri", "")
        occurrences[uri, each.fingerprint] += 1
        print_ = _fingerprint(uri, each.fingerprint, occurrences[uri, each.fingerprint])
        results.append(_result(each, root, excerpts, index[each.code], print_))
    run = {
        "tool": {"driver": _driver(used, version)},
        "automationDetails": {"id": f"{category}/"},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {BASE: {"uri": f"{root.as_uri().rstrip('/')}/", "description": _text("where it ran")}},
        "results": results,
    }
    document: dict[str, Any] = figures.printable({"$schema": SCHEMA, "version": VERSION, "runs": [run]})
    return document


def _used(problems: Sequence[Problem], rules: Mapping[str, Rule]) -> dict[str, Rule]:
    used: dict[str, Rule] = {}
    for each in problems:
        made = Rule(code=each.code, severity=each.severity, why=each.message, mend=each.fix, source=each.source)
        used.setdefault(each.code, rules.get(each.code, made))
    return dict(sorted(used.items()))


def _driver(rules: Mapping[str, Rule], version: str) -> dict[str, Any]:
    return {
        "name": "pgwright",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(rule) for rule in rules.values()],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    why, mend = sentence(rule.why), sentence(rule.mend)
    described: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": _text(sentence(figures.words(rule.code.replace("-", " ")))),
        "fullDescription": _text(why),
        "help": _text(f"{why} {mend}"),
        "defaultConfiguration": {"level": rule.severity},
    }
    return described | ({"helpUri": rule.source} if rule.source.startswith(("https://", "http://")) else {})


def _result(problem: Problem, root: Path, excerpts: Excerpts, index: int, print_: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": _text(_literal(f"{sentence(problem.message)} {sentence(problem.fix)}".strip())),
        "partialFingerprints": {FINGERPRINT: print_},
    }
    if problem.file:
        location: dict[str, Any] = {"artifactLocation": _location(problem.file, root)}
        if problem.line:
            location["region"] = _region(problem, excerpts)
        result["locations"] = [{"physicalLocation": location}]
    return result


def _location(file: str, root: Path) -> dict[str, Any]:
    if not file:
        return {}
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(root):
        path = path.relative_to(root)
    if path.is_absolute() or ".." in path.parts:
        return {"uri": (root / path).resolve().as_uri()}
    return {"uri": quote(path.as_posix(), safe="/~!$&'()*+;=@-._", errors="replace"), "uriBaseId": BASE}


def _region(problem: Problem, excerpts: Excerpts) -> dict[str, int]:
    """Columns of SARIF count UTF-16 code units, those of a finding characters."""
    start = _utf16(excerpts.line(problem.file, problem.line), max(1, problem.column))
    region = {"startLine": problem.line, "startColumn": start}
    if problem.end_line < problem.line:
        return region
    end = _utf16(excerpts.line(problem.file, problem.end_line), max(1, problem.end_column))
    if problem.end_line == problem.line and end < start:
        return region
    return region | {"endLine": problem.end_line, "endColumn": end}


def _utf16(line: str | None, column: int) -> int:
    before = (line or "")[: column - 1]
    return column + sum(character > "\uffff" for character in before)


def _fingerprint(uri: str, fingerprint: str, occurrence: int) -> str:
    return hashlib.sha256(f"{uri}\0{fingerprint}\0{occurrence}".encode()).hexdigest()[:32]


def _text(value: str) -> dict[str, str]:
    return {"text": value or "none"}


def _literal(value: str) -> str:
    """Braces around a number would be filled in, and [a](b) would become a link (§ 3.11.5, 3.11.6)."""
    return _LINK.sub(r"\\[", _PLACEHOLDER.sub(r"{{\1}}", value))
