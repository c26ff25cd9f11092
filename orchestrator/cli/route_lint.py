"""`orchestrate route --lint`: the lexicon, and the examples of the project."""

from __future__ import annotations

import json
from pathlib import Path

import click


def run(context: Path | None, *, as_json: bool) -> int:
    """Prints what is wrong, and returns the exit status."""
    from orchestrator.plugin import paths
    from orchestrator.router import answer, examples, lint

    checked, problems = lint.lint(paths.root())
    found = examples.read(context) if context else {}
    if context and found:
        problems += lint.lint_examples(found, answer.router(), str(examples.path(context)))
    if as_json:
        findings = [
            {
                "code": problem.code,
                "severity": problem.severity,
                "file": problem.file,
                "line": problem.line,
                "message": problem.message,
                "fix": problem.fix,
            }
            for problem in problems
        ]
        files = [entry.file for entry in checked]
        document = {"schema": "route-lint", "clean": not problems, "files": files, "examples": len(found)}
        click.echo(json.dumps(document | {"findings": findings}, ensure_ascii=False, indent=2))
        return 1 if problems else 0
    for problem in problems:
        click.echo(f"{problem}\n  fix: {problem.fix}")
    count = f"{len(problems) or 'no'} finding{'s' if len(problems) != 1 else ''}"
    click.echo(f"{len(checked)} files and {len(found)} examples of this project checked, {count}", err=True)
    return 1 if problems else 0
