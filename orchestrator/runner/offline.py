"""The offline engine: a deterministic playbook does the work, no language model needed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.model.errors import CouldNotFindOut, OrchestrateError
from orchestrator.runner import durable, memory_steps
from orchestrator.runner.durable import Done, Step
from orchestrator.runner.migration_steps import Migration
from orchestrator.runner.spec import RunSpec
from orchestrator.runner.tuning_steps import Tuning
from orchestrator.runner.workspace import Workspace

# The skills whose playbook this engine has.
PLAYBOOKS = ("pgvector-search", "performance-optimization")
Say = Callable[[str], None]
Watch = Callable[[Step, str], None]


def steps(work: Workspace) -> list[Step]:
    """The steps of the tuning playbook, in order."""
    tuning, migration, spec = Tuning(work), Migration(work), work.spec
    plain = [
        Step(
            name="recall",
            title="recall decisions that bear on the task",
            call=lambda _: memory_steps.remembered(spec),
        ),
        Step(name="prepare", title="start a disposable PostgreSQL and load the tables", call=tuning.prepare),
        Step(name="measure", title="measure the queries as they are, exactly", call=tuning.measure),
        Step(name="build", title="build every candidate index", call=tuning.build),
        Step(name="try", title="try candidates in interleaved trials", call=tuning.try_out),
        Step(name="confirm", title="confirm the choice in paired trials", call=tuning.confirm),
        Step(name="migrate", title="write the Alembic revision", call=migration.write),
        Step(name="prove", title="run it up, down, up with its locks traced", call=migration.prove),
        Step(name="review", title="let the reviewer look at it", call=migration.review),
        Step(name="remember", title="record decision and state", call=lambda done: memory_steps.remember(spec, done)),
    ]
    return [replace(step, call=_explaining(work, step.call)) for step in plain]


def _explaining(work: Workspace, call: Callable[[Done], Any]) -> Callable[[Done], Any]:
    """The step, with failures of the server or the disk raised as errors that a person can act on."""

    def explaining(done: Done) -> Any:
        try:
            return call(done)
        except Exception as error:
            explained = None if isinstance(error, OrchestrateError) else work.explained(error)
            if explained is None:
                raise
            raise explained from error

    return explaining


def run(work: Workspace, *, resume: bool, watch: Watch) -> Done:
    """Runs or resumes the playbook and returns the results of all steps by name, with the seconds of each under
    "seconds".

    Raises what a step raises, after noting it in the run's record and among the pending tasks.
    """
    journal = Journal(work.spec.folder / "events.jsonl", watch)
    done = durable.execute(
        work.spec.run_id, steps(work), file=durable.engine_file(work.spec.folder), resume=resume, watch=journal
    )
    return {**done, "seconds": journal.seconds()}


class Journal:
    """Appends one line for each step that begins or ends, and tells the terminal."""

    def __init__(self, path: Path, watch: Watch) -> None:
        self.path = path
        self.watch = watch
        self._begun: dict[str, float] = {}

    def __call__(self, step: Step, what: str) -> None:
        elapsed = None
        if what == "begin":
            self._begun[step.name] = time.perf_counter()
        else:
            elapsed = round(time.perf_counter() - self._begun[step.name], 3)
        line = {
            "step": step.name,
            "event": what,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "pid": os.getpid(),
            "seconds": elapsed,
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self.watch(step, what)

    def seconds(self) -> dict[str, float]:
        """Seconds of each finished step, from the file, so that a resumed run knows those of its first process too."""
        found: dict[str, float] = {}
        for line in self.path.read_text(encoding="utf-8").splitlines():
            event = _event(line)
            if event.get("event") == "end" and isinstance(event.get("seconds"), float):
                found[str(event.get("step"))] = event["seconds"]
        return found


def _event(line: str) -> dict[str, Any]:
    """One line of the journal; {} for a line that a kill has torn."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def save_spec(spec: RunSpec) -> None:
    spec.folder.mkdir(parents=True, exist_ok=True)
    (spec.folder / "spec.json").write_text(
        json.dumps(spec.as_json(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def load_spec(folder: Path) -> RunSpec:
    """The spec of a stored run. Raises CouldNotFindOut when its file is damaged."""
    try:
        return RunSpec(**json.loads((folder / "spec.json").read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise CouldNotFindOut(
            f"cannot read {folder / 'spec.json'}: {error}",
            hint="Begin the task anew: what a run was asked is kept only there.",
        ) from error
