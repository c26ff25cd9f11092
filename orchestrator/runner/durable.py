"""A run as a durable workflow: finished steps are not repeated after a kill. The only module that imports the
workflow engine (DBOS).

Every run is an executor of its own (its id is the run's), so launching the engine for one run never picks up another.
A step that fails, or that Ctrl-C ends, is not recorded as failed: the process stops with the step pending, and
`resume` runs that step again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from orchestrator.model.errors import CouldNotFindOut

# Raise when the order or the meaning of the steps changes: a run is only resumed by the version that began it.
WORKFLOW_VERSION = "wf-1"

Done = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """`call` gets the results of all earlier steps by name and returns JSON."""

    name: str
    title: str
    call: Callable[[Done], Any]


def engine_file(folder: Path) -> Path:
    """The file of one run's steps. Only its owner may read it: it holds values of the tables' rows."""
    path = folder / "engine.sqlite"
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    return path


def execute(
    run_id: str, steps: Sequence[Step], *, file: Path, resume: bool, watch: Callable[[Step, str], None]
) -> Done:
    """Runs the steps, or what is left of them, and returns their results by name.

    `watch` is told "begin" and "end" of each step that really runs. What a step raises is raised here; the process has
    to end afterwards, because the step's own thread is parked for good. Raises CouldNotFindOut when the steps cannot be
    saved.
    """
    from dbos import DBOS
    from sqlalchemy.exc import DBAPIError

    outcome = Outcome()
    try:
        _configure(run_id, file)
        workflow = _workflow(steps, outcome, watch)
        DBOS.launch()
        # Launching has set a stored workflow going again already, because its executor has this run's id.
        handle = DBOS.retrieve_workflow(run_id) if resume and _is_stored(run_id) else _started(run_id, workflow)
        outcome.wait(handle)
    except DBAPIError as error:
        raise CouldNotFindOut(
            f"cannot save the steps of the run: {error.orig}",
            detail=f"They are kept in {file}.",
            hint="Free some space there; a damaged file can only be deleted, and the run begun anew.",
        ) from error
    DBOS.destroy()
    return outcome.result


class Outcome:
    """What the main thread waits for: the result, or the first failure."""

    def __init__(self) -> None:
        self.settled = threading.Event()
        self.failure: BaseException | None = None
        self.result: Done = {}

    def wait(self, handle: Any) -> None:
        """Returns when the workflow has ended; raises what a step, or the saving of its result, has raised."""
        threading.Thread(target=self._collect, args=(handle,), daemon=True).start()
        while not self.settled.wait(0.2):  # in slices, so that a signal is noticed
            pass
        if self.failure:
            raise self.failure

    def _collect(self, handle: Any) -> None:
        try:
            self.result = handle.get_result()
        except BaseException as error:  # raised again in the main thread
            self.failure = self.failure or error
        self.settled.set()

    def park(self, error: BaseException) -> NoReturn:
        """Hands the failure over and stops this thread, so that the engine does not record the step as failed."""
        self.failure = error
        self.settled.set()
        while True:
            threading.Event().wait()


def _workflow(steps: Sequence[Step], outcome: Outcome, watch: Callable[[Step, str], None]) -> Callable[[], Done]:
    from dbos import DBOS

    def guarded(step: Step, done: Done) -> Any:
        try:
            watch(step, "begin")
            result = step.call(done)
            watch(step, "end")
        except BaseException as error:
            outcome.park(error)
        return result

    def workflow() -> Done:
        done: Done = {}
        for step in steps:
            try:
                done[step.name] = DBOS.run_step({"name": step.name}, guarded, step, dict(done))
            except BaseException as error:  # the result could not be saved
                outcome.park(error)
        return done

    registered: Callable[[], Done] = DBOS.workflow(name="run")(workflow)
    return registered


def _started(run_id: str, workflow: Callable[[], Done]) -> Any:
    from dbos import DBOS, SetWorkflowID

    with SetWorkflowID(run_id):
        return DBOS.start_workflow(workflow)


def _configure(run_id: str, file: Path) -> None:
    import logging
    import sqlite3

    from dbos import DBOS, DBOSPortableJSONSerializer

    logging.getLogger("dbos").setLevel(logging.CRITICAL)
    DBOS(
        config={
            "name": "orchestrate",
            "system_database_url": "sqlite:///engine.sqlite",
            # A path may hold what a URL cannot say, so the file is opened by its path.
            "db_engine_kwargs": {"creator": partial(sqlite3.connect, file, check_same_thread=False)},
            "application_version": WORKFLOW_VERSION,
            "executor_id": run_id,
            "serializer": DBOSPortableJSONSerializer(),
            "notification_listener_polling_interval_sec": 0.05,
            "log_level": "CRITICAL",
            "run_migrations": True,
        }
    )


def _is_stored(run_id: str) -> bool:
    """False for a run that ended before its first step could be saved."""
    from dbos import DBOS

    return DBOS.get_workflow_status(run_id) is not None
