"""The command line: `orchestrate "TASK"` is `orchestrate run "TASK"`. One subcommand a module, imported when it is
used.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click

import orchestrator
from orchestrator.model.errors import OrchestrateError, UsageError

COMMANDS = (
    "run",
    "resume",
    "runs",
    "route",
    "feedback",
    "gate",
    "agents",
    "recall",
    "remember",
    "context",
    "servers",
    "mcp",
    "doctor",
)
BUG = 70
INTERRUPTED = 130


class LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"orchestrator.cli.{name}").command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(orchestrator.__version__, prog_name="orchestrate")
def group() -> None:
    """A PostgreSQL database engineer whose every claim is measured or proven on a real server.

    \b
    Example:
      orchestrate "optimize hybrid search"

    Anything that is not one of the commands below is a task: it is routed, measured, proved and written down.
    Results go to standard output, everything else to standard error.

    \b
    Exit status: 0 done · 1 findings, or a proof failed · 2 usage · 3 could not find out · 4 needs approval · 70 our
    bug · 130 interrupted
    """


def arguments(given: Sequence[str]) -> list[str]:
    """The arguments with `run` in front where they begin with a task. Raises UsageError for what looks like a
    misspelt command.
    """
    words = list(given)
    if not words or words[0] in (*COMMANDS, "-h", "--help", "--version"):
        return words
    if words[0].startswith("-") or " " in words[0].strip():
        return ["run", *words]
    task = f'orchestrate run "{" ".join(words)}"'
    close = get_close_matches(words[0], COMMANDS, n=1, cutoff=0.6 if len(words) == 1 else 0.7)
    if close:
        raise UsageError(f'no command "{words[0]}"', hint=f"orchestrate {close[0]}; if it is a task: {task}")
    if len(words) == 1:
        raise UsageError(f'no command "{words[0]}"', hint=f"A task of one word needs its command: {task}")
    return ["run", *words]


def main(given: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process. The only place that prints an error."""
    _open_missing_streams()
    words = list(sys.argv[1:] if given is None else given)
    _leave(_status(words))


def _open_missing_streams() -> None:
    """A caller may have closed our standard streams; what nobody reads goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))


def _status(words: list[str]) -> int:
    import logging

    # The driver logs what it also raises; the error is printed once, by this module.
    logging.getLogger("psycopg").propagate = False
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    try:
        status: Any = group.main(arguments(words), prog_name="orchestrate", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        return _report(_from_click(error), words)
    except OrchestrateError as error:
        return _report(error, words)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        return 0  # the work is done, and the reader of the result has read enough
    except Exception as error:
        return _bug(error, words)


def _from_click(error: click.ClickException) -> UsageError:
    context = getattr(error, "ctx", None)
    message = error.format_message().strip().rstrip(".")
    return UsageError(
        message[:1].lower() + message[1:], hint=f"{context.command_path} --help" if context else "orchestrate --help"
    )


def _report(error: OrchestrateError, words: Sequence[str]) -> int:
    with contextlib.suppress(OSError):
        _tell(error, words)
    return error.exit_code


def _tell(error: OrchestrateError, words: Sequence[str]) -> None:
    for name, text in (("error", error.message), ("detail", error.detail), ("hint", error.hint)):
        if text:
            click.echo(f"{name}: {text}", err=True)
    if "--json" in words:
        import json

        click.echo(json.dumps({"schema": "error", "error": error.as_json()}, ensure_ascii=False, indent=2))


def _bug(error: Exception, words: Sequence[str]) -> int:
    """Writes a log that can be pasted into an issue, and says where it is."""
    import platform
    import tempfile
    import traceback

    versions = f"pgwright {orchestrator.__version__}, Python {platform.python_version()}, {platform.platform()}"
    text = f"orchestrate {' '.join(_without_dsn(words))}\n{versions}\n\n{''.join(traceback.format_exception(error))}"
    with tempfile.NamedTemporaryFile(
        "w", prefix="orchestrate-bug-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as log:
        log.write(text)
    first = str(error).splitlines()
    bug = OrchestrateError(
        f"this is a bug in orchestrate: {type(error).__name__}: {first[0] if first else 'no message'}",
        detail=f"What happened is in {log.name}; it holds your command line.",
        hint="Put the log into an issue, after a look for what is yours.",
    )
    return _report(bug, words)


def _without_dsn(words: Sequence[str]) -> list[str]:
    """The command line with the values of --dsn left out: they may hold a password."""
    shown = ["--dsn=..." if word.startswith("--dsn=") else word for word in words]
    return ["..." if position and words[position - 1] == "--dsn" else word for position, word in enumerate(shown)]


def _leave(status: int) -> None:
    """Ends the process. A run that failed leaves a parked thread behind, which must not keep the process alive."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            # Python would try again at exit, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if threading.active_count() > 1:
        os._exit(status)
    sys.exit(status)
