"""`orchestrate gate`: what the gate would say and why, whether it is in place, what it held, and a person's grants."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from orchestrator.cli.tell import tell

_Function = TypeVar("_Function", bound=Callable[..., Any])
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
DENIED, ASKED = 1, 4


def _data(function: _Function) -> _Function:
    folder = click.Path(path_type=Path, file_okay=False)
    help_text = "The plugin's data folder, if it is not the one used last."
    return click.option("--data", type=folder, help=help_text)(function)


@click.group("gate")
def command() -> None:
    """See what the gate holds back and why, and let one call through.

    \b
    Example:
      orchestrate gate explain 'psql shop -c "TRUNCATE orders"'

    The gate is the hook that reads every tool call of a coding agent before it runs. It denies what loses data, asks
    about what is risky, and says nothing about the rest.
    """


@command.command("explain", epilog="Exit status: 0 the call would run, 1 it is denied, 4 a person is asked.")
@click.argument("cmd")
@click.option("--cwd", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where it would start.")
@click.option(
    "--tool", default="Bash", show_default=True, help="The tool; for others than Bash, CMD is its JSON input."
)
@click.option("--agent", default="", help="The agent type, pgwright:database-engineer for example.")
@_json
def explain_command(*, cmd: str, cwd: Path | None, tool: str, agent: str, as_json: bool) -> None:
    """Show how CMD is read and what the gate says.

    That is: its parts, every program it would start, each effect with its rule, and the answer. Nothing is run.

    \b
    Example:
      orchestrate gate explain 'sudo psql shop -f cleanup.sql' --json
    """
    from orchestrator.cli import gate_explain

    document = gate_explain.explained(cmd, tool=tool, cwd=(cwd or Path()).resolve(), agent=agent)
    if as_json:
        _print_json(document)
    else:
        click.echo("\n".join(gate_explain.lines(document)))
    status = {"deny": DENIED, "ask": ASKED, "allow": 0}[str(document["decision"])]
    if status:
        raise click.exceptions.Exit(status)


@command.command(
    "test", epilog="Exit status: 0 every answer was right, 1 one was not, 3 the hook is missing or broken."
)
@click.option(
    "--plugin",
    type=click.Path(path_type=Path, file_okay=False),
    help="The plugin's folder; the one that Claude Code has installed, else this program's own.",
)
@_json
def test_command(*, plugin: Path | None, as_json: bool) -> None:
    """Send known calls through the installed hook.

    Some are dangerous and some harmless. They are sent as text; none is run.

    \b
    Example:
      orchestrate gate test
    """
    from orchestrator.cli import gate_hook

    word = gate_hook.in_force(Path.cwd()) if plugin is None else ""
    document = gate_hook.tested((plugin or gate_hook.installed()).resolve())
    if word:
        tell(f"warning: {word}")
    if as_json:
        _print_json(document)
    else:
        click.echo("\n".join(gate_hook.lines(document)))
    if document["wrong"]:
        raise click.exceptions.Exit(DENIED)


@command.command("log")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
@_data
@_json
def log_command(*, limit: int, data: Path | None, as_json: bool) -> None:
    """List what the gate held, newest first.

    What it let through on a grant of a person is listed, too. Passwords are taken out.

    \b
    Example:
      orchestrate gate log --limit 5
    """
    from orchestrator.cli import gate_log

    folder = gate_log.folder(data)
    document = gate_log.document(folder, limit)
    if as_json:
        _print_json(document)
        return
    click.echo("\n".join(gate_log.lines(document)))


@command.command("allow", epilog="Exit status: 0 granted, 2 not at a terminal, 3 no such call, 4 not confirmed.")
@click.argument("code")
@click.option(
    "--expires", default="10m", show_default=True, help="How long the grant lasts: 30s, 10m, 2h; 24h at most."
)
@_data
@_json
def allow_command(*, code: str, expires: str, data: Path | None, as_json: bool) -> None:
    """Let the held call CODE run once. A person at a terminal has to confirm it; an agent cannot.

    \b
    Example:
      orchestrate gate allow 3f1c0a9b52de --expires 2m

    The same tool, input, folder and content of the files it reads are meant. Anything else is another call.
    """
    from orchestrator.cli import gate_allow, gate_log

    document = gate_allow.granted(gate_log.folder(data), code.lower(), _seconds(expires))
    if as_json:
        _print_json(document)
        return
    click.echo(f"granted once, until {document['expires_at']}: the agent can make the same call again")


def _seconds(expires: str) -> int:
    from orchestrator.gate.grants import LONGEST_S
    from orchestrator.model.errors import UsageError

    found = re.fullmatch(r"([0-9]{1,6})([smh])", expires)
    seconds = int(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2]] if found else 0
    if not 0 < seconds <= LONGEST_S:
        raise UsageError(f'--expires must be between 1s and 24h, got "{expires}"', hint="For example --expires 10m.")
    return seconds


def _print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
