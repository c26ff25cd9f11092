"""`orchestrate doctor`: whether everything that is needed is in place, and what to do where it is not."""

from __future__ import annotations

import json
import signal
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from orchestrator.cli import doctor_checks
from orchestrator.cli.doctor_checks import Check, Result, Subject
from orchestrator.cli.tell import tell
from orchestrator.model.errors import OrchestrateError, UsageError

QUIET_S = 1.0
PROBLEM, UNDONE = 1, 3


class DeadlinePassed(BaseException):
    """Not an Exception: nothing that a check calls may take it for an error of its own."""


@click.command(
    "doctor", epilog="Exit status: 0 no problem, 1 a problem was found, 3 a check that is needed could not be done."
)
@click.option("--dsn", help="Your server. Without it: ORCHESTRATE_DSN, DATABASE_URI, DATABASE_URL, or PG* variables.")
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The project's folder; the current one if not given.",
)
@click.option("--only", multiple=True, metavar="CHECK", help="Do this check alone. Can be given more than once.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, by schemas/doctor.schema.json.")
def command(*, dsn: str | None, project: Path, only: tuple[str, ...], as_json: bool) -> None:
    """Check that the plugin, its hooks, the servers and the memory work, and say what to do where they do not.

    \b
    Example:
      orchestrate doctor --only gate

    Nothing is changed, and nothing is sent anywhere.
    """
    subject = Subject(project=project.resolve(), dsn=dsn)
    rows = []
    for check in _chosen(only):
        rows.append(_row(check, subject))
        if not as_json:
            click.echo("\n".join(lines(rows[-1])))
    if as_json:
        click.echo(json.dumps(document(subject, rows), ensure_ascii=False, indent=2))
    else:
        click.echo(_total(rows))
    if status := _status(rows):
        raise click.exceptions.Exit(status)


def _chosen(only: Sequence[str]) -> list[Check]:
    checks = doctor_checks.checks()
    known = [check.id for check in checks]
    for name in only:
        if name not in known:
            raise UsageError(f'no check "{name}"', hint=f"Known checks: {', '.join(known)}.")
    return [check for check in checks if not only or check.id in only]


def _row(check: Check, subject: Subject) -> dict[str, Any]:
    from orchestrator.report.figures import printable

    begun = time.perf_counter()
    with _told_if_slow(check.title):
        result = _examined(check, subject)
    return {
        "check": check.id,
        "title": check.title,
        "status": result.status,
        "is_undone": result.is_undone,
        "found": printable(" ".join(result.found.split())),
        "fixes": [printable(" ".join(fix.split())) for fix in result.fixes],
        "ms": round((time.perf_counter() - begun) * 1000),
    }


def _examined(check: Check, subject: Subject) -> Result:
    """What the check found. Whatever goes wrong in it, the others follow."""
    again = f"Do it alone: orchestrate doctor --only {check.id}"
    try:
        with _at_most(check.deadline_s):
            return check.call(subject)
    except OrchestrateError as error:
        return Result(
            status="problem", found=f"{error.message}. {error.detail}".strip(" ."), fixes=(error.hint or again,)
        )
    except DeadlinePassed:
        return _undone(f"not done: it took more than {check.deadline_s:g} s", again)
    except Exception as error:
        # Without its text, which may hold a password.
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        return _undone(f"not done: {type(error).__name__} at {place}", "This is a bug in orchestrate: report it.")


def _undone(found: str, fix: str) -> Result:
    return Result(status="skipped", found=found, fixes=(fix,), is_undone=True)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def late(_number: int, _frame: FrameType | None) -> None:
        raise DeadlinePassed

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _told_if_slow(title: str) -> Iterator[None]:
    timer = threading.Timer(QUIET_S, tell, [f"looking at {title} ..."])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def lines(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['status']:<7}  {row['check']:<8}  {row['found']}"
    for fix in row["fixes"]:
        yield f"{'':<19}fix: {fix}"


def document(subject: Subject, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The document by schemas/doctor.schema.json."""
    return {
        "schema": "doctor",
        "project": str(subject.project),
        "clean": not _status(rows),
        "undone": [row["check"] for row in rows if row["is_undone"]],
        "checks": rows,
    }


def _status(rows: list[dict[str, Any]]) -> int:
    if any(row["status"] == "problem" for row in rows):
        return PROBLEM
    return UNDONE if any(row["is_undone"] for row in rows) else 0


def _total(rows: list[dict[str, Any]]) -> str:
    counted = Counter(str(row["status"]) for row in rows)
    said = ", ".join(f"{counted[each]} {each}" for each in ("ok", "warning", "problem", "skipped") if counted[each])
    undone = ", ".join(row["check"] for row in rows if row["is_undone"])
    return f"{len(rows)} checks: {said}{f'; could not be done: {undone}' if undone else ''}"
