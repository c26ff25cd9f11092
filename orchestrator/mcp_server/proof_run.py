"""The work of the tool prove, in the child process: find the revision, make the schema before it, prove and review."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from orchestrator.migration import base, proof, review, scripts
from orchestrator.migration import project as projects
from orchestrator.migration.project import AlembicProject
from orchestrator.migration.revision import WrittenRevision
from orchestrator.migration.scripts import RevisionFile
from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import connect, scratch

DATABASE = "proof"


def prove(project: str, path: str, base_schema: str | None, dsn: str | None, timeout_s: float) -> dict[str, Any]:
    """The document by schemas/mcp-prove.schema.json. Raises where the revision could not be proved at all."""
    import sys

    root = Path(project)
    file = inside(root, path)
    schema = inside(root, base_schema) if base_schema else None
    home, revision = _revision(root, file)
    sys.stderr.write("starting a disposable server\n")
    with scratch.running() as server:
        dbname = DATABASE
        scratch.create_database(server, dbname)
        sys.stderr.write("making the schema before the revision\n")
        start = base.make(server, dbname, home, revision, file=schema, dsn=dsn, timeout_s=timeout_s)
        with connect.scratch(server.dsn(dbname)) as connection:
            tables = base.touched(connection, revision)
        sys.stderr.write(f"running it up, down and up ({start.said})\n")
        written = _written(home, revision)
        proved = proof.prove(server, dbname, written, tables=tables)
        reviewed = review.review(written, proved.as_json())
    head = {"path": os.path.relpath(file, root), "revision": revision.revision, "base": start.said}
    return head | _document(root, start, proved.as_json(), asdict(reviewed))


def inside(project: Path, path: str) -> Path:
    """The file in the project. Raises UsageError for one that is elsewhere, or not there."""
    found = Path(os.path.normpath(project / path))
    if not found.resolve().is_relative_to(project.resolve()):
        raise UsageError(f"{path} is not in the project {project}")
    if not found.is_file():
        raise UsageError(f"there is no file {path} in the project", hint="Paths are relative to the project's folder.")
    return found


def _revision(project: Path, file: Path) -> tuple[AlembicProject, RevisionFile]:
    found = scripts.read(file) if file.suffix == ".py" else None
    if found is None:
        raise UsageError(f"{file.name} is no Alembic revision", detail="Only those can be proved by this tool today.")
    if not isinstance(found.identifiers.get("down_revision"), str | None):
        raise CouldNotFindOut(f"{file.name} merges branches, which this tool cannot prove yet")
    home = _home(project, file)
    if home is None:
        raise UsageError(
            f"no Alembic configuration belongs to {file.name}",
            hint="It needs an alembic.ini in one of the folders above.",
        )
    if file.resolve() not in {each.resolve() for each in home.revisions.values()}:
        raise UsageError(f"{file.name} is not among the revisions that {home.ini.name} names")
    return home, found


def _home(project: Path, file: Path) -> AlembicProject | None:
    """The environment nearest above the file, else the project's."""
    for folder in file.parents:
        if not folder.is_relative_to(project):
            break
        if (folder / "alembic.ini").is_file():
            return projects.load(folder)
    return projects.find(project)


def _written(home: AlembicProject, revision: RevisionFile) -> WrittenRevision:
    return WrittenRevision(
        path=revision.path,
        revision=revision.revision,
        down_revision=revision.identifiers.get("down_revision"),
        script_location=home.script_location,
        ini=home.ini,
    )


def _document(root: Path, start: base.Base, proved: Mapping[str, Any], reviewed: Mapping[str, Any]) -> dict[str, Any]:
    failed = {name: phase["error"] for name, phase in proved["phases"].items() if phase["error"]}
    return {
        "schema": "mcp-prove",
        "clean": proved["clean"],
        "server_version": proved["server_version"],
        "findings": [_relative(each, root) for each in proved["findings"]],
        "roundtrip": proved["roundtrip"],
        "errors": [
            {"phase": name, "message": error["message"], "line": error["line"] or 0} for name, error in failed.items()
        ],
        "statements": [_statement(each) for each in proved["statements"]],
        "strongest_lock": proved["strongest_lock"],
        "review": {"verdict": reviewed["verdict"], "findings": _read(reviewed["findings"])},
        "not_checked": [*start.open_points, *proved["not_checked"]],
        "seconds": proved["seconds"],
    }


def _relative(finding: Mapping[str, Any], root: Path) -> dict[str, Any]:
    location = finding.get("location")
    if not location:
        return dict(finding)
    return {**finding, "location": {**location, "file": os.path.relpath(location["file"], root)}}


def _read(findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the reviewer read in the file, each once; that the proof found something is known."""
    kept: dict[tuple[str, int], dict[str, Any]] = {}
    for each in findings:
        line = (each.get("location") or {}).get("line") or 0
        if each["hazard"] != "proof-findings":
            keys = ("hazard", "severity", "evidence", "why", "instead")
            kept.setdefault((each["hazard"], line), {key: each[key] for key in keys} | {"line": line})
    return list(kept.values())


def _statement(statement: Mapping[str, Any]) -> dict[str, Any]:
    locks = [f"{lock['relation']} {lock['mode']}" for lock in statement["locks"] if lock["existing"]]
    return {key: statement[key] for key in ("phase", "sql", "line", "ms", "rewrite", "scan")} | {"locks": locks}
