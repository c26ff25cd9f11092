"""A disposable server starts, has pgvector, and is gone afterwards."""

from __future__ import annotations

import os
import pwd
import time

from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, problem
from orchestrator.pg import connect, scratch, sql


def call(subject: Subject) -> Result:  # noqa: ARG001
    begun = time.perf_counter()
    with scratch.running(deadline_s=60) as server:
        ms = (time.perf_counter() - begun) * 1000
        user = _owner((server.directory / "data").stat().st_uid)
        with connect.scratch(server.dsn()) as connection, connect.reading(connection, "the version of pgvector"):
            connection.execute(sql.named("doctor", "create_vector"))
            (vector,) = connection.execute(sql.named("doctor", "vector")).fetchone() or ("?",)
    facts = [
        f"PostgreSQL {server.version} ({server.source}) with pgvector {vector} as user {user}, {ms:.0f} ms to boot"
    ]
    if server.directory.exists() or _is_there(server.pid):
        text = f"it is still there after its end: process {server.pid}, {server.directory}"
        return judged(facts, [problem(text, "Run: orchestrate servers --sweep")])
    return judged([*facts, "gone afterwards"], [])


def _owner(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


CHECK = Check(id="server", title="a disposable PostgreSQL server", order=80, deadline_s=120, call=call)
