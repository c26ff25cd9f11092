"""The disposable server of one run: started, filled, and found again after an interruption.

What a finished step did is not done again: the data folder outlives this process, and a resumed run starts the same
server on it. Only when that folder is gone are the tables and indexes made anew; the figures that finished steps have
recorded stay as they were.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.memory import files
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError
from orchestrator.pg import connect, folders, scratch
from orchestrator.runner.spec import RunSpec
from orchestrator.tuning.bench import Bench
from orchestrator.tuning.record import IndexDesign

if TYPE_CHECKING:
    import psycopg

DATABASE = "target"
SETTINGS = {"shared_buffers": "512MB"}


class Workspace:
    def __init__(self, spec: RunSpec, *, dsn: str | None, say: Callable[[str], None]) -> None:
        self.spec = spec
        self.dsn = dsn
        self.say = say
        # Makes the tables, once a database, and says what it made.
        self.fill: Callable[[psycopg.Connection[Any]], dict[str, Any]] = lambda _: {}
        self.contents: dict[str, Any] = {}
        self._server: scratch.Server | None = None
        self._connection: psycopg.Connection[Any] | None = None
        self._bench: Bench | None = None

    @property
    def server(self) -> scratch.Server:
        if self._server is None:
            self._server = self._start()
        return self._server

    def _start(self) -> scratch.Server:
        pg_bin = Path(self.spec.pg_bin) if self.spec.pg_bin else None
        before = self._noted()
        if before and before.is_dir():
            try:
                return scratch.start(before, keep=True, pg_bin=pg_bin, settings=SETTINGS)
            except OrchestrateError as error:
                self.say(f"the data of the interrupted run cannot be used ({error.message}); they are made anew")
        return scratch.start(keep=True, pg_bin=pg_bin, settings=SETTINGS, created=self._note)

    def _note(self, directory: Path) -> None:
        files.replace(self.spec.folder / "server.json", {"directory": str(directory)})

    def _noted(self) -> Path | None:
        """The folder of the server that this run began on, by an earlier process perhaps."""
        try:
            noted = files.read_object(self.spec.folder / "server.json")
        except files.UnreadableError:
            return None
        directory = noted.get("directory") if noted else None
        return Path(directory) if isinstance(directory, str) else None

    def connection(self) -> psycopg.Connection[Any]:
        """A session on the filled database; `fill` is called only when it is not filled yet."""
        if self._connection is None:
            self._connection = self._filled()
        return self._connection

    def _filled(self) -> psycopg.Connection[Any]:
        """A session on the database. What `fill` said of its contents is kept with it, as the database's comment."""
        from psycopg import sql

        with connect.scratch(self.server.dsn()) as admin:
            row = admin.execute(
                "SELECT pg_catalog.shobj_description(oid, 'pg_database')"
                " FROM pg_catalog.pg_database WHERE datname = %s",
                (DATABASE,),
            ).fetchone()
            if row is None or row[0] is None:
                admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)".encode())
                scratch.create_database(self.server, DATABASE)
                with connect.scratch(self.server.dsn(DATABASE)) as empty:
                    self.contents = self.fill(empty)
                    mark = sql.SQL("COMMENT ON DATABASE {} IS {}")
                    empty.execute(mark.format(sql.Identifier(DATABASE), sql.Literal(json.dumps(self.contents))))
            else:
                self.contents = json.loads(row[0])
        return connect.scratch(self.server.dsn(DATABASE))

    def bench(
        self, connection: psycopg.Connection[Any], designs: Sequence[IndexDesign] = (), memory_bytes: int = 0
    ) -> Bench:
        """The bench on the filled database, with every index of `designs` there: built before, or built again now."""
        if self._bench is None:
            self._bench = Bench(connection, timeout_s=self.spec.timeout_s)
        for design in designs:
            if design.name not in self._bench.managed:
                if connection.execute("SELECT pg_catalog.to_regclass(%s)", (design.name,)).fetchone() == (None,):
                    self._bench.build(design, memory_bytes=memory_bytes)
                self._bench.managed.add(design.name)
        return self._bench

    def read_user_server(self) -> psycopg.Connection[Any]:
        """The user's server, in a read-only session. Raises CouldNotFindOut when a resumed run was not given the DSN
        again.
        """
        if self.dsn is None:
            raise CouldNotFindOut(
                "the copied rows of the interrupted run are gone and its DSN is not stored",
                hint="Give it again: --dsn ...",
            )
        return connect.reader(self.dsn, statement_timeout_ms=int(self.spec.timeout_s * 1000))

    def explained(self, error: Exception) -> OrchestrateError | None:
        """The error a person can act on when the server or the disk under it failed; None for our own faults."""
        import psycopg

        if isinstance(error, OSError):
            return folders.explain(error, self.spec.folder)
        if not isinstance(error, psycopg.OperationalError):
            return None
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        place = self._server.directory if self._server else self.spec.folder
        log = place / "server.log"
        if isinstance(error, psycopg.errors.DiskFull) or (
            log.exists() and "No space left" in log.read_text(errors="replace")
        ):
            return folders.no_room(place, said)
        return CouldNotFindOut(f"the disposable server failed: {said}", detail=_last_line(log))

    def close(self, *, remove: bool) -> None:
        """Stops the server. Without `remove` the data stay for a resume."""
        if self._server is not None:
            scratch.stop(self._server, remove=remove)
            self._server = None
        elif remove and (kept := self._noted()):
            scratch.discard(kept)


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return f"The last line of its log: {lines[-1]}" if lines else ""


def design_from(document: Mapping[str, Any]) -> IndexDesign:
    """An IndexDesign from its JSON form."""
    from orchestrator.tuning.record import Knob

    knob = document.get("knob")
    return IndexDesign(**{**document, "knob": Knob(**{**knob, "values": tuple(knob["values"])}) if knob else None})
