"""`orchestrate agents check`: what is wrong with the files of a plugin, and how it is mended."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orchestrator.cli.tell import tell
from orchestrator.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.check import Report
    from orchestrator.plugin.problems import Severity

STDIN = "<stdin>"
MAX_BYTES = 1_000_000
# Fewer files are checked before anybody would look.
PROGRESS_FROM = 50
_NAME = re.compile(rb"^name:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9_-]{0,99})", re.MULTILINE)
# The lines that these are about are not shown again: a log is read by more people than the file.
SECRET_CODES = frozenset({"secret-in-definition"})


@click.command("check", epilog="Exit status: 0 nothing found, 1 findings, 2 a path that holds nothing to check.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How findings are printed: for people, for programs, for code scanning, as annotations of a workflow.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="warning",
    show_default=True,
    help="The mildest finding that ends in exit status 1.",
)
@click.option("--explain-host", is_flag=True, help="Show what Claude Code makes of each file: used, ignored, dropped.")
@click.option("--as", "stdin_kind", type=click.Choice(["agent", "skill"]), help="What standard input holds, with -.")
def check_command(
    *,
    paths: tuple[Path, ...],
    style: str,
    as_json: bool,
    fail_on: Severity,
    explain_host: bool,
    stdin_kind: str | None,
) -> None:
    """Hold the files in PATHS against their schemas, against each other and against what Claude Code does with them.

    A path is an agent, a skill, hooks.json, plugin.json, marketplace.json, .mcp.json, a case of an eval, a document of
    ours, or a folder of these; - is standard input. Without PATHS: what comes with this program.

    \b
    Example:
      orchestrate agents check agents/database-engineer.md --format github
    """
    from orchestrator.plugin.problems import is_at_least

    style = "json" if as_json else style
    if explain_host and style in ("sarif", "github"):
        raise UsageError("--explain-host is for --format text and json", hint="Leave one of the two out.")
    with _given(paths, stdin_kind) as given:
        report = _checked(given)
    _print(report, given, style, explain_host)
    if any(is_at_least(problem.severity, fail_on) for problem in report.problems):
        raise click.exceptions.Exit(1)


@dataclass(frozen=True, kw_only=True)
class Given:
    """`text` is what standard input held, `folder` where it lies while it is checked."""

    paths: list[Path]
    folder: Path | None = None
    text: str = ""


@contextlib.contextmanager
def _given(paths: tuple[Path, ...], kind: str | None) -> Iterator[Given]:
    if Path("-") not in paths:
        if kind:
            raise UsageError("--as says what standard input holds, and no path is -", hint="Add - to the paths.")
        yield Given(paths=[path.resolve() for path in paths])
        return
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    with tempfile.TemporaryDirectory(prefix="orchestrate-") as made:
        folder = Path(made).resolve()
        file = _laid_out(folder, content, kind or "agent")
        others = [path.resolve() for path in dict.fromkeys(paths) if path != Path("-")]
        yield Given(paths=[file, *others], folder=folder, text=content.decode("utf-8-sig", "replace"))


def _laid_out(folder: Path, content: bytes, kind: str) -> Path:
    """Standard input as a file that is named after what it holds, so that nothing is said about its name."""
    found = _NAME.search(content)
    plain = found[1].decode() if found else "stdin"
    file = folder / f"{plain}.md" if kind == "agent" else folder / plain / "SKILL.md"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return file


def _checked(given: Given) -> Report:
    """The report, its files named as a person in this folder would."""
    from orchestrator.plugin import paths as places
    from orchestrator.plugin.check import check
    from orchestrator.router.lint import lint

    root = places.root()
    report = check(root, given.paths, _progress)
    if not given.paths:
        checked, problems = lint(root)
        report.checked += checked
        report.problems += problems
    shown = _Shown(root=root, here=Path.cwd(), folder=given.folder)
    report.checked = [replace(each, file=shown(each.file)) for each in report.checked]
    report.problems = [replace(each, file=shown(each.file)) for each in report.problems]
    return report


def _progress(number: int, total: int) -> None:
    if total < PROGRESS_FROM or not sys.stderr.isatty():
        return
    end = "\r\033[K" if number == total else ""
    with contextlib.suppress(OSError):
        click.echo(f"\rchecking {number:,} of {total:,}{end}", err=True, nl=False)


@dataclass(frozen=True, kw_only=True)
class _Shown:
    root: Path
    here: Path
    folder: Path | None

    def __call__(self, file: str) -> str:
        if not file:
            return file
        path = self.root / file
        if self.folder is not None and path.is_relative_to(self.folder):
            return STDIN
        return path.relative_to(self.here).as_posix() if path.is_relative_to(self.here) else str(path)


def _print(report: Report, given: Given, style: str, explain_host: bool) -> None:
    from orchestrator.report import findings

    excerpts = findings.Excerpts(Path.cwd(), {STDIN: given.text})
    if style == "json":
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=True))
    elif style == "sarif":
        click.echo(json.dumps(_sarif(report, excerpts), indent=2, ensure_ascii=True))
    elif style == "github":
        for line in findings.github(report.problems):
            click.echo(line)
    else:
        for block in findings.text(report.problems, excerpts, secret=SECRET_CODES, coloured=True):
            click.echo(block)  # which leaves colours out where no terminal reads
        if explain_host:
            from orchestrator.report import hosttable

            click.echo("\n".join(hosttable.lines(report.checked)))
    tell(findings.summary(len(report.checked), report.problems))


def _sarif(report: Report, excerpts: Any) -> dict[str, Any]:
    import orchestrator
    from orchestrator.plugin import record
    from orchestrator.plugin.codes import CODES
    from orchestrator.report import sarif
    from orchestrator.report.findings import Rule

    known = {each.id: each for each in record.every()} | CODES
    rules = {
        code: Rule(code=code, severity=each.severity, why=each.why, mend=each.mend, source=each.source)
        for code, each in known.items()
    }
    return sarif.log(
        report.problems,
        root=Path.cwd(),
        excerpts=excerpts,
        rules=rules,
        version=orchestrator.__version__,
        category="agents-check",
    )
