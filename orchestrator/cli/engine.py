"""What `run` and `resume` share: drive the playbook, keep the terminal informed, leave no server behind, write down
and print the result.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from orchestrator.cli.tell import tell
from orchestrator.memory import files, store
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError, UsageError
from orchestrator.report.progress import Progress
from orchestrator.runner import memory_steps, offline, output
from orchestrator.runner.durable import Done, Step
from orchestrator.runner.spec import RunSpec
from orchestrator.runner.workspace import Workspace


def drive(spec: RunSpec, *, dsn: str | None, resume: bool, as_json: bool) -> int:
    """Runs or resumes, prints the result on standard output and returns the exit code."""
    with alone(spec), termination_as_interrupt():
        try:
            done = _finish(Workspace(spec, dsn=dsn, say=tell), resume=resume)
            document = output.assemble(spec, done, budget=_budget(spec, done))
            _publish(spec, document)
        except KeyboardInterrupt:
            tell(f"note: interrupted; continue with: {resume_command(spec)}")
            raise
    for notice in (*done["recall"]["notices"], *done["remember"]["notices"]):
        tell(f"note: {notice}")
    _print(document, as_json=as_json)
    tell(f"note: paths are relative to {shlex.quote(spec.project)}")
    proof = document["migration"]["proof"] if document["migration"] else {"clean": True}
    return 0 if proof["clean"] and (document["review"] or {"verdict": "approved"})["verdict"] == "approved" else 1


def resume_command(spec: RunSpec) -> str:
    """What to type, from here, to go on with the run."""
    elsewhere = f" --project {shlex.quote(spec.project)}" if Path(spec.project) != Path.cwd() else ""
    return f"orchestrate resume {spec.run_id}{elsewhere}{' --dsn ...' if spec.target == 'dsn' else ''}"


def _finish(work: Workspace, *, resume: bool) -> Done:
    """The results of all steps. The server is gone afterwards; its data stay only after an interruption."""
    spec, progress = work.spec, Progress()
    work.say = progress.say
    names = [step.name for step in offline.steps(work)]
    begun: dict[str, float] = {}

    def watch(step: Step, what: str) -> None:
        if what == "begin":
            begun[step.name] = time.perf_counter()
            progress.begin(names.index(step.name) + 1, len(names), step.title)
        else:
            progress.end(time.perf_counter() - begun[step.name])

    keep = False
    try:
        return offline.run(work, resume=resume, watch=watch)
    except KeyboardInterrupt:
        # A second one must not cut the tidying short.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        keep = True
        memory_steps.note_failure(spec, "interrupted")
        raise
    except OrchestrateError as error:
        raise resumable(spec, error) from error
    finally:
        progress.close()
        work.close(remove=not keep)


def resumable(spec: RunSpec, error: OrchestrateError) -> OrchestrateError:
    """The same error, noted among the pending tasks; where trying again can help, its hint says how."""
    try:
        memory_steps.note_failure(spec, error.message)
    except OrchestrateError as second:
        error.detail = f"{error.detail} Nor could the state be saved: {second.message}.".strip()
    if not isinstance(error, UsageError):
        error.hint = f"{error.hint} Then: {resume_command(spec)}".strip()
    return error


@contextmanager
def alone(spec: RunSpec) -> Iterator[None]:
    """Holds the run's lock. Raises CouldNotFindOut when another process is at this run."""
    import fcntl

    with files.in_plain_words(spec.folder, "write"):
        spec.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(spec.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CouldNotFindOut(
            f"run {spec.run_id} is being worked on by another process", hint="orchestrate runs"
        ) from error
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def termination_as_interrupt() -> Iterator[None]:
    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _budget(spec: RunSpec, done: Done) -> dict[str, Any]:
    """The agent's budget for this class of task, and the steps that were used of it."""
    from orchestrator.plugin.definitions import load_agent

    budgets = load_agent(spec.agent["name"]).budgets
    found = budgets.get("query_optimization")
    limits = (
        {"low": found.low, "high": found.high, "cap": found.cap} if found else {"low": None, "high": None, "cap": None}
    )
    return {"class": "query_optimization", **limits, "used": len(done["seconds"]), "unit": "steps of the playbook"}


def _publish(spec: RunSpec, document: dict[str, Any]) -> None:
    from orchestrator.report.html import render

    queries = {query["id"]: query["rewritten"] for query in document["queries"] if query["rewritten"]}
    with files.in_plain_words(spec.folder, "write"):
        (spec.folder / "queries").mkdir(exist_ok=True)
        for name, text in queries.items():
            files.replace_bytes(output.rewritten_path(spec, name), f"{text};\n".encode())
        files.replace_bytes(
            spec.folder / "output.json", (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
        )
        files.replace_bytes(spec.folder / "report.html", render(document).encode())


def _print(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    from orchestrator.report import text

    text.render(document, console=text.stdout_console())


def check_context(context: Path) -> None:
    """Raises CouldNotFindOut now rather than after a minute of work when the context cannot be written."""
    store.check_writable(context)


__all__ = ["alone", "check_context", "drive", "resumable", "resume_command", "termination_as_interrupt"]
