"""The process in which a revision is proved: python -m orchestrator.migration.child SPEC.json

It runs the revision with Alembic's own commands and writes what it saw to the file that the specification names. The
parent reads that file; what the revision prints goes nowhere.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.migration import guard, hazard, project, result, scripts, trace
from orchestrator.migration.evidence import Evidence, Failure, Phase, Relation
from orchestrator.migration.observer import Fingerprint, Observer, Schema, Table, differences
from orchestrator.migration.watch import Blocker, Clock, Probe, Watch
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError, UsageError
from orchestrator.pg import connect, sql

PROOF_ENV = Path(__file__).parent / "proof_env"


@dataclass(frozen=True, kw_only=True)
class Spec:
    dsn: str
    system_identifier: str
    socket_directory: str
    config_folder: str  # holds alembic.ini or pyproject.toml
    path: str
    revision: str
    down_revision: str | None
    tables: list[str]
    result: str


@dataclass(frozen=True, kw_only=True)
class Before:
    """The database before the revision ran."""

    tables: tuple[Table, ...]
    relations: dict[int, Relation]
    schema: Schema
    fingerprints: dict[str, Fingerprint | None]
    invalid: frozenset[str]


class Proof:
    """One proof: up, down, up again. The threads that look on live as long as it does."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.path = Path(spec.path)
        self.clock = Clock()
        self.connection = self.connect()
        self.observer = Observer(self.connection)
        self.watch = Watch(self.connect, self.clock)
        self.before = self._before()
        self.tracer = trace.Tracer(self.path, self.watch, self.clock, self._blocker)
        self.engine = self._engine()
        self.config, self.script = _alembic(spec, self.engine)
        self.probes: tuple[Probe, ...] = ()
        self.started: dict[str, float] = {}

    def connect(self) -> Any:
        return connect.scratch(self.spec.dsn)

    def _blocker(self) -> Blocker:
        return Blocker(self.connect, [table.name for table in self.before.tables])

    def _before(self) -> Before:
        tables = self.observer.tables()
        relations = trace.snapshot(self.connection).relations
        return Before(
            tables=tables,
            relations={oid: item for oid, item in relations.items() if not item.name.startswith("alembic_version")},
            schema=self.observer.schema(),
            fingerprints=self.observer.fingerprints(tables),
            invalid=frozenset(self.observer.invalid_indexes()),
        )

    def _engine(self) -> Any:
        from sqlalchemy import create_engine, pool

        def opened() -> Any:
            connection = connect.scratch(self.spec.dsn, autocommit=False)
            self.tracer.connected(connection)
            return connection

        engine = create_engine("postgresql+psycopg://", creator=opened, poolclass=pool.NullPool)
        self.tracer.attach(engine)
        return engine

    def run(self) -> dict[str, Any]:
        from alembic import command

        wanted = self._wanted()
        self.connection.execute(sql.named("trace", "install").encode())
        self.watch.start()
        try:
            command.stamp(self.config, self.spec.down_revision or "base", purge=True)
            phases = self._phases(command, wanted)
        finally:
            self.watch.stop()
            self.connection.execute(sql.named("trace", "uninstall").encode())
        if self.watch.failure is not None:
            raise self.watch.failure
        return self._result(phases)

    def _wanted(self) -> tuple[Table, ...]:
        by_oid = {table.oid: table for table in self.before.tables}
        oids = {name: self.observer.oid_of(name) for name in self.spec.tables}
        missing = [name for name, oid in oids.items() if oid not in by_oid]
        if missing:
            raise UsageError(f"no such table in the database of the proof: {', '.join(missing)}")
        return tuple(by_oid[oid] for oid in oids.values() if oid is not None)

    def _phases(self, command: Any, wanted: tuple[Table, ...]) -> dict[str, Phase]:
        revision, down = self.spec.revision, self.spec.down_revision
        self._start_probes(wanted)
        try:
            first = self._run("upgrade", lambda: command.upgrade(self.config, revision))
        finally:
            for probe in self.probes:
                probe.stop()
        upgraded = self.observer.schema()
        phases = {"upgrade": self._phase("upgrade", first, self.before.schema, upgraded, (revision,))}
        if first is None:
            back = self._run("downgrade", lambda: command.downgrade(self.config, down or "base"))
            expected = (down,) if down else ()
            phases["downgrade"] = self._phase("downgrade", back, self.before.schema, self.observer.schema(), expected)
            if back is None:
                again = self._run("second_upgrade", lambda: command.upgrade(self.config, revision))
                found = self.observer.schema()
                phases["second_upgrade"] = self._phase("second_upgrade", again, upgraded, found, (revision,))
        return phases

    def _start_probes(self, tables: tuple[Table, ...]) -> None:
        writes = [table.write(self.observer.first_address(table)) for table in tables]
        reads = [table.read for table in tables]
        self.probes = tuple(Probe(self.connect, statements, self.clock) for statements in (writes, reads))
        self.watch.probes = self.probes
        for probe in self.probes:
            probe.start()

    def _run(self, phase: str, step: Callable[[], None]) -> Failure | None:
        self.tracer.phase = phase
        self.started[phase] = self.clock()
        try:
            step()
        except guard.ForeignServer:
            raise
        except Exception as error:
            return trace.failure(error, line=self._line_in_revision(error))
        return None

    def _line_in_revision(self, error: BaseException) -> int:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno or 0 for frame in frames if Path(frame.filename).resolve() == self.path.resolve()]
        return lines[-1] if lines else 0

    def _phase(
        self, name: str, failure: Failure | None, expected: Schema, found: Schema, versions: tuple[str, ...]
    ) -> Phase:
        now = self.observer.fingerprints(self.before.tables)
        return Phase(
            name=name,
            failure=failure,
            schema_differences=differences(expected, found),
            changed_tables=tuple(table for table, was in self.before.fingerprints.items() if now[table] != was),
            invalid_indexes=self.observer.invalid_indexes(),
            version_is_committed=self.observer.versions() == versions,
        )

    def _result(self, phases: dict[str, Phase]) -> dict[str, Any]:
        found = scripts.read(self.path)
        evidence = Evidence(
            file=self.spec.path,
            lines=found.functions if found else {},
            statements=tuple(self.tracer.statements),
            existing=self.before.relations,
            phases=phases,
            invalid_before=self.before.invalid,
        )
        findings = [finding for item in hazard.every() for finding in item.findings(evidence)]
        rows = {name: item.rows if item else None for name, item in self.before.fingerprints.items()}
        probes = [probe.as_json(self.watch.waits.get(probe.pid, [])) for probe in self.probes]
        return result.as_json(evidence, findings=findings, rows=rows, probes=probes, started=self.started)


def _alembic(spec: Spec, engine: Any) -> tuple[Any, Any]:
    """Alembic's Config and ScriptDirectory: the project's revisions under the env.py of the proof."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    home = project.load(Path(spec.config_folder))
    sys.path[:0] = home.prepend_sys_path
    script = ScriptDirectory(str(PROOF_ENV), version_locations=[str(path) for path in home.version_locations])
    scripts.graph(script, home.version_locations, recursive=home.recursive, execute=Path(spec.path))
    try:
        script.get_revision(spec.revision)
    except guard.ForeignServer:
        raise
    except Exception as error:
        message = f"cannot import {spec.path}: {type(error).__name__}: {error}"
        hint = "A proof runs the file with the packages installed beside pgwright."
        raise CouldNotFindOut(message, hint=hint) from error
    config = Config()
    config.attributes["engine"] = engine
    # The commands ask for the script directory by configuration; this one has its revisions already.
    ScriptDirectory.from_config = staticmethod(lambda _: script)
    return config, script


def main(spec_file: str) -> int:
    spec = Spec(**json.loads(Path(spec_file).read_text(encoding="utf-8")))
    guard.shut_in(system_identifier=spec.system_identifier, socket_directory=Path(spec.socket_directory))
    try:
        answer = Proof(spec).run()
    except OrchestrateError as error:
        answer = {"failed": error.as_json()}
    Path(spec.result).write_text(json.dumps(answer), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
