"""The revisions before one, run on a disposable server to have the schema that it starts from:
python -P -m orchestrator.migration.earlier SPEC.json

They run under the env.py of a proof and shut in like it, not under the project's env.py, which would connect elsewhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestrator.migration import guard, project, proof, scripts, trace
from orchestrator.migration.project import AlembicProject
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError
from orchestrator.pg import connect, scratch

PROOF_ENV = Path(__file__).parent / "proof_env"


def before(home: AlembicProject, revision: str | None) -> tuple[str, ...]:
    """The revisions that lead to `revision`, itself included, oldest first."""
    if revision is None:
        return ()
    script = _script(home, frozenset())
    return tuple(item.revision for item in script.revision_map.iterate_revisions(revision, "base"))[::-1]


def run(server: scratch.Server, dbname: str, home: AlembicProject, revision: str, *, deadline_s: float = 120) -> None:
    """Upgrades the empty database to `revision`. Raises CouldNotFindOut where a revision on the way fails."""
    with tempfile.TemporaryDirectory(prefix="pgwright-earlier-") as folder:
        spec = {
            "dsn": server.dsn(dbname),
            "system_identifier": str(server.system_identifier),
            "socket_directory": str(server.socket_directory),
            "config_folder": str(home.folder),
            "revision": revision,
            "result": str(Path(folder) / "result.json"),
        }
        answer = _child(Path(folder), spec, deadline_s)
    if "failed" in answer:
        failed = answer["failed"]
        raise CouldNotFindOut(failed["message"], detail=failed["detail"], hint=failed["hint"])


def _child(folder: Path, spec: dict[str, Any], deadline_s: float) -> dict[str, Any]:
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "orchestrator.migration.earlier", str(folder / "spec.json")]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=proof.environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=deadline_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CouldNotFindOut(
            f"the earlier revisions were not done after {deadline_s:g} s and were stopped",
            hint="Give the schema before the revision as an SQL file: base_schema.",
        ) from None
    result = Path(spec["result"])
    if not result.exists():
        tail = done.stderr.decode("utf-8", "replace").splitlines()[-5:]
        raise OrchestrateError("the earlier revisions broke off", detail="\n".join(tail))
    answer: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return answer


def _script(home: AlembicProject, execute: frozenset[Path]) -> Any:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(PROOF_ENV), version_locations=[str(path) for path in home.version_locations])
    scripts.graph(script, home.version_locations, recursive=home.recursive, execute=execute)
    return script


def _upgrade(spec: dict[str, str]) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine, pool

    home = project.load(Path(spec["config_folder"]))
    sys.path[:0] = home.prepend_sys_path
    script = _imported(home, before(home, spec["revision"]))
    config = Config()
    config.attributes["engine"] = create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect.scratch(spec["dsn"], autocommit=False),
        poolclass=pool.NullPool,
    )
    # The commands ask for the script directory by configuration; this one has its revisions already.
    ScriptDirectory.from_config = staticmethod(lambda _: script)
    try:
        command.upgrade(config, spec["revision"])
    except guard.ForeignServer:
        raise
    except Exception as error:
        failed = trace.failure(error, line=0)
        message = f"an earlier revision fails on an empty server: {failed.message}"
        raise CouldNotFindOut(message, hint="Give the schema before the revision: base_schema, or a server.") from error


def _imported(home: AlembicProject, revisions: Sequence[str]) -> Any:
    script = _script(home, frozenset(home.revisions[each].resolve() for each in revisions))
    try:
        script.revision_map.get_revision(revisions[-1])  # reads and imports them all
    except guard.ForeignServer:
        raise
    except OrchestrateError:
        raise
    except Exception as error:
        message = f"cannot import the earlier revisions: {type(error).__name__}: {error}"
        hint = "Give the schema before the revision as an SQL file: base_schema."
        raise CouldNotFindOut(message, hint=hint) from error
    return script


def main(spec_file: str) -> int:
    spec = json.loads(Path(spec_file).read_text(encoding="utf-8"))
    guard.shut_in(system_identifier=spec["system_identifier"], socket_directory=Path(spec["socket_directory"]))
    answer: dict[str, Any] = {"failed": None}
    try:
        _upgrade(spec)
        answer = {}
    except OrchestrateError as error:
        answer = {"failed": error.as_json()}
    Path(spec["result"]).write_text(json.dumps(answer), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
