"""A revision run up, down and up again on a disposable server, with the lock of every statement."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orchestrator
from orchestrator.migration.revision import WrittenRevision
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError, UsageError
from orchestrator.pg import connect, scratch, sql

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
ERRORS: dict[int, type[OrchestrateError]] = {UsageError.exit_code: UsageError}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was observed. Every moment is in milliseconds since its phase began."""

    statements: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    roundtrip: dict[str, bool | None]
    phases: dict[str, dict[str, Any]]
    writers: dict[str, Any]
    readers: dict[str, Any]
    findings: list[dict[str, Any]]
    strongest_lock: list[dict[str, Any]]
    rows: dict[str, int | None]
    server_version: str
    not_checked: list[str]
    seconds: float

    @property
    def clean(self) -> bool:
        """Nothing was found, every step succeeded and both round trips came back to the same place."""
        failed = any(phase["error"] or not phase["version_is_committed"] for phase in self.phases.values())
        return not self.findings and not failed and all(self.roundtrip.values())

    def as_json(self) -> dict[str, Any]:
        return {"clean": self.clean} | asdict(self)


def prove(
    server: scratch.Server,
    dbname: str,
    revision: WrittenRevision,
    *,
    tables: Sequence[str],
    deadline_s: float = 120,
) -> Proof:
    """Run `revision` on the database, which holds the schema before it, with rows in `tables`.

    The database is left upgraded. Raises UsageError for tables that are not there, CouldNotFindOut when the file cannot
    be imported, reaches for another server, or is not done by the deadline.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pgwright-proof-") as folder:
        spec = {
            "dsn": server.dsn(dbname),
            "system_identifier": str(server.system_identifier),
            "socket_directory": str(server.socket_directory),
            "config_folder": str(revision.ini.parent),
            "path": str(revision.path),
            "revision": revision.revision,
            "down_revision": revision.down_revision,
            "tables": list(tables),
            "result": str(Path(folder) / "result.json"),
        }
        answer = _run_child(Path(folder), spec, deadline_s, server, dbname)
    if "failed" in answer:
        raise _raised(answer["failed"])
    return Proof(**answer, server_version=server.version, seconds=round(time.monotonic() - started, 2))


def _raised(failed: Mapping[str, Any]) -> OrchestrateError:
    kind = ERRORS.get(failed["exit_code"], CouldNotFindOut)
    return kind(failed["message"], detail=failed["detail"], hint=failed["hint"])


def _run_child(
    folder: Path, spec: Mapping[str, Any], deadline_s: float, server: scratch.Server, dbname: str
) -> dict[str, Any]:
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    command = [sys.executable, "-m", "orchestrator.migration.child", str(folder / "spec.json")]
    with (folder / "stderr").open("wb") as errors:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    try:
        child.wait(timeout=deadline_s)
    except subprocess.TimeoutExpired:
        message = f"the proof of {spec['path']} was not done after {deadline_s:g} s and was stopped"
        raise CouldNotFindOut(message, hint="Prove it on fewer rows, or give it more time.") from None
    finally:
        _end(child, server, dbname)
    result = Path(spec["result"])
    if not result.exists():
        raise OrchestrateError(f"the proof of {spec['path']} broke off", detail=_tail(folder / "stderr"))
    answer: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return answer


def environment(home: Path) -> dict[str, str]:
    """Nothing that names another server, a proxy or a password file."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    package = str(Path(orchestrator.__file__).parent.parent)
    # The project's folders stay as they are: no __pycache__ beside its revisions.
    return kept | {"HOME": str(home), "PYTHONPATH": package, "PYTHONDONTWRITEBYTECODE": "1"}


def _end(child: subprocess.Popen[bytes], server: scratch.Server, dbname: str) -> None:
    """Nothing of the child stays, neither its processes nor what its sessions still wait for on the server."""
    if child.poll() is not None:
        return
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    with connect.scratch(server.dsn()) as connection:
        connection.execute(sql.named("trace", "end_sessions"), {"database": dbname})


def _tail(path: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
