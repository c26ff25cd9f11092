"""`orchestrate route`: who is meant for a task, and why."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.router.answer import Route, Router

MAX_LINE_BYTES = 1_000_000
WARNINGS_SHOWN = 5
# Characters that some readers take for the end of a line, which JSON leaves as they are.
BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


@click.command("route", epilog="Exit status: 0 routed, 1 the lexicon has findings (--lint), 3 no agent fits.")
@click.argument("task", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a task, by schemas/route.schema.json.")
@click.option("--explain", is_flag=True, help="Show the words that decided, and the words that do not count.")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Let the files of this project lean the answer a little.",
)
@click.option(
    "--agents",
    "folders",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Choose among the agent files below this folder instead of ours; may be given again.",
)
@click.option("--lint", "only_lint", is_flag=True, help="Check the lexicon and this project's examples; no task.")
def command(
    *, task: str | None, as_json: bool, explain: bool, project: Path | None, folders: tuple[Path, ...], only_lint: bool
) -> int:
    """Name the agent and the skills for TASK, or read one task a line from standard input if TASK is -.

    \b
    Example:
      orchestrate route "the orders page takes forever since last week" --explain

    What `orchestrate feedback` wrote down in this project, or in the one of --project, is answered as it says there.
    """
    from orchestrator.model.errors import UsageError
    from orchestrator.router import answer

    if only_lint:
        from orchestrator.cli import route_lint

        return route_lint.run(_context(project), as_json=as_json)
    if task is None:
        raise click.UsageError("Missing argument 'TASK'.", click.get_current_context())
    router = answer.router(agents=folders, project=project, context=_context(project))
    _warn(router.lexicon.warnings)
    if folders and not router.lexicon.agents:
        raise UsageError(
            f"no agent file below {', '.join(map(str, folders))}",
            hint="An agent file begins with a YAML header between --- lines that has a name.",
        )
    if task == "-":
        _stream(router, as_json=as_json, explain=explain)
        return 0
    found = router.route(readable(task))
    with suppress(BrokenPipeError):
        _answer(found, as_json=as_json, explain=explain)
    return 0


def _answer(found: Route, *, as_json: bool, explain: bool) -> None:
    if as_json or found.agent != "none":
        _print(found, as_json=as_json, explain=explain)
    if found.agent == "none":
        if explain and not as_json:
            from orchestrator.cli.route_explain import explanation

            click.echo("\n".join(explanation(found, sys.stderr)), err=True)
        _refuse(found, as_json=as_json)


def readable(task: str) -> str:
    """The task without halves of characters, which come from arguments that are not UTF-8."""
    return task.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _context(project: Path | None) -> Path | None:
    """The store of the project, or of the folder that we are in. None where the project is broken: that is no fault
    of the task.
    """
    from orchestrator.memory.location import locate
    from orchestrator.model.errors import UsageError

    try:
        return locate((project or Path()).absolute())
    except (OSError, UsageError):
        return None


def _warn(warnings: Any) -> None:
    for line in warnings[:WARNINGS_SHOWN]:
        click.echo(f"warning: skipped {line}", err=True)
    if len(warnings) > WARNINGS_SHOWN:
        click.echo(f"warning: skipped {len(warnings) - WARNINGS_SHOWN} more files", err=True)


def _stream(router: Router, *, as_json: bool, explain: bool) -> None:
    """One answer for each line, as soon as the line is there, until nobody reads them any more."""
    with suppress(BrokenPipeError):
        for task in _lines():
            _print(router.route(task), as_json=as_json, explain=explain)


def _lines() -> Iterator[str]:
    """The lines of standard input. Of a longer line the first million bytes are read; the rest of it is passed over."""
    if sys.stdin is None:
        return
    stream = sys.stdin.buffer
    first = True
    while line := stream.readline(MAX_LINE_BYTES):
        whole = line.endswith(b"\n")
        while not whole:
            rest = stream.readline(MAX_LINE_BYTES)
            whole = rest.endswith(b"\n") or not rest
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if first else text
        first = False


def _print(found: Route, *, as_json: bool, explain: bool) -> None:
    utf8 = (sys.stdout.encoding or "").lower().startswith("utf")
    if as_json:
        text = json.dumps(found.as_json(), ensure_ascii=not utf8).translate(BREAKS)
    else:
        text = "\n".join(_lines_of(found, explain=explain))
        text = text if utf8 else text.encode("ascii", "replace").decode()
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _lines_of(found: Route, *, explain: bool) -> Iterator[str]:
    skills = ", ".join(skill.name if skill.built else f"{skill.name} (not built yet)" for skill in found.skills)
    yield f"{found.agent}{': ' + skills if skills else ''}"
    if explain:
        from orchestrator.cli.route_explain import explanation

        yield from explanation(found, sys.stdout)


def _refuse(found: Route, *, as_json: bool) -> None:
    """Says on standard error what to ask. With --json the route stands alone on standard output."""
    from orchestrator.cli.route_explain import shown
    from orchestrator.model.errors import NoAgentFits

    nearest = ", ".join(f"{entry.agent} ({entry.score:g})" for entry in found.nearest) or "none"
    refusal = NoAgentFits(
        f'no agent fits "{shown(found.task, at_most=200)}"',
        detail=f"The nearest ones: {nearest}.",
        hint=found.question or "",
    )
    if not as_json:
        raise refusal
    click.echo(f"error: {refusal.message}\ndetail: {refusal.detail}\nhint: {refusal.hint}", err=True)
    raise click.exceptions.Exit(refusal.exit_code)
