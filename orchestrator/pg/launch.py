"""One start of one instance: the supervisor, what it is told, and what it says."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from orchestrator.model.errors import CouldNotFindOut, OrchestrateError
from orchestrator.pg import folders, supervisor
from orchestrator.pg.account import Account
from orchestrator.pg.binaries import Binaries

LOG: Final = "server.log"
CONFIGURATION: Final = "server.conf"
LOG_LINES: Final = 12
FULL_BYTES: Final = 8 * 1024 * 1024
STOP_PATIENCE_S: Final = 40.0  # the supervisor's own deadlines end before
NO_ROOM: Final = ("No space left on device", "Disk quota exceeded", "Check free disk space")
BUSY: Final = ("pre-existing shared memory block", "postmaster.pid", "could not create lock file")


class Busy(CouldNotFindOut):
    """Something of an earlier, killed server still holds the data. Trying again helps."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    directory: Path
    socket_directory: Path
    account: Account
    binaries: Binaries
    record: dict[str, Any]
    create: bool  # the cluster is still to be made

    def words(self) -> dict[str, Any]:
        """For the supervisor, which knows none of our classes."""
        account = self.account
        return {
            "record": self.record,
            "account": None if account.uid is None else {"uid": account.uid, "gid": account.gid},
            "initdb": self._initdb() if self.create else [],
            "server": self._server(),
            "env": _environment(),
        }

    def _initdb(self) -> list[str]:
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.binaries.major >= 17 else ["--locale=C"]
        )
        options = ["--no-sync", "--no-instructions", "--auth=trust", "--username=postgres", "--encoding=UTF8", *locale]
        return [*self.account.prefix, str(self.binaries.path("initdb")), "-D", str(self.directory / "data"), *options]

    def _server(self) -> list[str]:
        configuration = f"config_file={self.directory / CONFIGURATION}"
        words = [self.binaries.path("postgres"), "-D", self.directory / "data", "-c", configuration]
        return [*self.account.prefix, *map(str, words)]


def _environment() -> dict[str, str]:
    """Nothing of the caller's locale, time zone or PG* variables reaches the server."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"} | kept


class Launch:
    """A supervisor that we started. It lives as long as we do, and we hold its lifeline."""

    def __init__(self, plan: Plan, lock: int) -> None:
        self.directory = plan.directory
        self.postmaster_pid: int | None = None
        self._unread = b""
        log = plan.directory / LOG
        self._log_start = log.stat().st_size if log.exists() else 0
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(Path(supervisor.__file__)), str(plan.directory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                bufsize=0,
                cwd="/",
                start_new_session=True,
                pass_fds=(lock,),
            )
        self._say(json.dumps(plan.words()))

    def _say(self, line: str) -> None:
        lifeline = self._process.stdin
        if lifeline is not None and not lifeline.closed:
            with contextlib.suppress(BrokenPipeError):
                lifeline.write(line.encode() + b"\n")

    def listen(self, patience_s: float) -> None:
        """Takes in what the supervisor says within `patience_s`. Raises when it says that the start failed."""
        events = self._process.stdout
        if events is None or not select.select([events], [], [], patience_s)[0]:
            return
        data = os.read(events.fileno(), 65536)
        if not data:
            raise self.failure("its supervisor ended")
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._take(json.loads(line))

    def _take(self, event: dict[str, Any]) -> None:
        if event["event"] == "postmaster":
            self.postmaster_pid = event["pid"]
        elif event.get("errno"):
            raise folders.explain(OSError(event["errno"], event["error"]), self.directory)
        else:
            raise self.failure(f"{event['program']} ended with {_ending(event['code'])}")

    def stop_listening(self) -> None:
        if self._process.stdout is not None:
            self._process.stdout.close()

    def failure(self, what: str) -> OrchestrateError:
        """The error to raise, by what the log says."""
        tail = self.log_tail()
        if any(words in tail for words in NO_ROOM) or _is_full(self.directory):
            return folders.no_room(self.directory, tail)
        if "File too large" in tail or "File size limit exceeded" in tail:
            return CouldNotFindOut(
                f"the file size limit is too low for the disposable server in {self.directory}",
                detail=tail,
                hint="Raise it: ulimit -f unlimited.",
            )
        kind = Busy if any(words in tail for words in BUSY) else CouldNotFindOut
        return kind(f"the disposable server did not start: {what}", detail=tail)

    def log_tail(self) -> str:
        """The last lines that this start wrote to the server's log."""
        try:
            with (self.directory / LOG).open("rb") as log:
                log.seek(self._log_start)
                text = log.read().decode(errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-LOG_LINES:])

    def stop(self, *, remove: bool) -> None:
        """Has the supervisor stop the server and end. Harmless when it is gone."""
        self.stop_listening()
        self._say("remove" if remove else "keep")
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _is_full(folder: Path) -> bool:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < FULL_BYTES
