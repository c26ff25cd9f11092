"""The steps that write the change down and prove it: an Alembic revision, run up, down and up again on a sample, then
looked at by the reviewer.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from orchestrator.migration import project as projects
from orchestrator.migration import proof, review, revision
from orchestrator.pg import connect, copy, scratch
from orchestrator.runner.durable import Done
from orchestrator.runner.evidence import spoken
from orchestrator.runner.tuning_steps import designs_used
from orchestrator.runner.workspace import Workspace

PROOF_DATABASE = "proof"
SAMPLE_ROWS = 2000
NOTHING = {"skipped": "no index is worth adding, so there is no migration"}


class Migration:
    """The migration steps of one run. Each method is one step and returns JSON."""

    def __init__(self, work: Workspace) -> None:
        self.work = work
        self.spec = work.spec

    def write(self, done: Done) -> dict[str, Any]:
        designs = designs_used(done)
        if not designs:
            return NOTHING
        reasons = {
            change["index"]["name"]: change
            for each in done["build"]["changes"].values()
            for change in each
            if change["index"]
        }
        built = {each["name"]: each for each in done["build"]["built"]}
        indexes = tuple(
            revision.NewIndex(
                name=_bare(design.name),
                table=design.table,
                method=design.method,
                definition=design.definition,
                reason=f"{reasons[design.name]['why']} ({built[design.name]['size_bytes'] / 1e6:.0f} MB)",
                where=design.where,
            )
            for design in designs
        )
        tables = sorted({_bare(design.table.split(".")[-1]) for design in designs})
        written = revision.write(
            revision.RevisionSpec(
                message=f"index {' and '.join(tables)} for search"
                if _searches(designs)
                else f"index {' and '.join(tables)}",
                indexes=indexes,
                maintenance_work_mem=f"{max(64, done['prepare']['memory_bytes'] >> 20)}MB"
                if _searches(designs)
                else None,
                notes=(f"Measured in run {self.spec.run_id}: {speedups(done)}.",),
            ),
            project=projects.find(Path(self.spec.project)),
            fallback=self.spec.folder / "migration",
            revision_id=sha256(self.spec.run_id.encode()).hexdigest()[:12],
            created_at=datetime.fromisoformat(self.spec.created_at),
        )
        return {name: value if value is None else str(value) for name, value in asdict(written).items()}

    def prove(self, done: Done) -> dict[str, Any]:
        if "skipped" in done["migrate"]:
            return NOTHING
        tables = [table["name"] for table in done["prepare"]["target"]["tables"]]
        self._sample(done, tables)
        return proof.prove(self.work.server, PROOF_DATABASE, written(done), tables=tables).as_json()

    def _sample(self, done: Done, tables: list[str]) -> None:
        """The tables with a few rows each in a database of their own, without the candidate indexes."""
        with connect.scratch(self.work.server.dsn()) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {PROOF_DATABASE} WITH (FORCE)".encode())
        scratch.create_database(self.work.server, PROOF_DATABASE)
        source = self.work.connection()
        with connect.scratch(self.work.server.dsn(PROOF_DATABASE)) as target:
            candidates = [design["name"] for design in done["build"]["designs"]]
            source.execute(
                "UPDATE pg_catalog.pg_index SET indisvalid = false"
                " WHERE indexrelid IN (SELECT pg_catalog.to_regclass(name) FROM unnest(%s::text[]) AS name)",
                (candidates,),
            )
            copy.copy_tables(source, target, tables, max_rows=SAMPLE_ROWS)

    def review(self, done: Done) -> dict[str, Any]:
        if "skipped" in done["migrate"]:
            return NOTHING
        return asdict(review.review(written(done), done["prove"]))


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _searches(designs: Any) -> bool:
    return any(design.method in ("hnsw", "ivfflat", "gin") for design in designs)


def written(done: Done) -> revision.WrittenRevision:
    document = done["migrate"]
    paths = {name: Path(document[name]) for name in ("path", "script_location", "ini")}
    return revision.WrittenRevision(revision=document["revision"], down_revision=document["down_revision"], **paths)


def speedups(done: Done) -> str:
    """One phrase a query: "rank fusion 82.7 ms to 1.3 ms"."""
    found = [
        f"{spoken(result['workload'])} {wall['before_ms']:.1f} ms to {wall['after_ms']:.1f} ms"
        for result in done["confirm"]["workloads"]
        if result["arm"] and (wall := result["confirmed"]["wall"])
    ]
    return ", ".join(found)
