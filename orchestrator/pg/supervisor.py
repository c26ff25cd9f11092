"""Keeps one disposable server for one owner, and ends it when the owner ends, however that happened.

Run as `python -I -S supervisor.py FOLDER` in a session of its own; standard library only. Standard input is the
lifeline: its first line is the plan (JSON), a later line is an order ("keep" or "remove" the data), and its end means
that the owner is gone. Standard output takes one event a line. The owner uses the functions for processes and records
too, so that a process is named in one way everywhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

RECORD = "instance.json"
Record = dict[str, Any]

# The postmaster itself kills its children 5 s after SIGQUIT, so the last step waits longer than that.
AT_ONCE = ((signal.SIGQUIT, 8.0), (signal.SIGKILL, 5.0))
# A shutdown checkpoint: unlogged tables and statistics survive, and the next start needs no recovery.
CLEANLY = ((signal.SIGINT, 15.0), *AT_ONCE)


def boot_id() -> str:
    """This start of the machine: process numbers and start times repeat after the next one. Empty where unknown."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _stat(pid: int) -> tuple[str, int] | None:
    """State letter and start time in clock ticks since boot (proc_pid_stat(5)), None where there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return fields[0].decode(), int(fields[19])


def identity(pid: int) -> Record:
    """What tells this process from a later one with the same number."""
    stat = _stat(pid)
    return {"pid": pid, "started": stat[1] if stat else None, "boot": boot_id()}


def is_alive(who: Mapping[str, Any] | None) -> bool:
    if not who or who["boot"] != boot_id():
        return False
    if who["started"] is not None:
        stat = _stat(who["pid"])
        return stat is not None and stat[0] not in "ZX" and stat[1] == who["started"]
    try:
        os.kill(who["pid"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def read_record(directory: Path) -> Record | None:
    """What is known of the instance; None where nothing was written yet, or nothing that can be used."""
    try:
        record = json.loads((directory / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return (
        record if isinstance(record, dict) and record.keys() >= {"owner", "postmaster", "kept", "started_at"} else None
    )


def write_record(directory: Path, record: Record) -> None:
    fresh = directory / f"{RECORD}.{os.getpid()}"
    fresh.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    fresh.replace(directory / RECORD)


def wait_until(done: Callable[[], bool], patience_s: float) -> bool:
    end = time.monotonic() + patience_s
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def end_process(pid: int, is_gone: Callable[[], bool], steps: Iterable[tuple[signal.Signals, float]]) -> bool:
    """Signal after signal, each with its patience in seconds, until the process is gone."""
    for number, patience_s in steps:
        if is_gone():
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if wait_until(is_gone, patience_s):
            break
    return is_gone()


def processes_in(folder: Path) -> list[int]:
    """Processes whose working folder is `folder`, as for all of a server's; a busy one outlives a killed postmaster.

    Empty without /proc.
    """
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == folder:
                found.append(int(entry.name))
    return found


def end_leftovers(data: Path) -> None:
    for pid in processes_in(data):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not processes_in(data), 5.0)


def remove_tree(folder: Path) -> None:
    """Removes `folder` if it is there. Raises OSError when it cannot."""
    import shutil  # 15 ms that a start does not need

    def removed() -> bool:
        with contextlib.suppress(OSError):  # a dying process may still add a file: again
            shutil.rmtree(folder)
        return not folder.exists()

    if not wait_until(removed, 2.0):
        shutil.rmtree(folder)


class Watch:
    """Waits for whatever comes first: an order, the end of the owner, a request to stop, the end of a child."""

    def __init__(self) -> None:
        self.owner_pid = os.getppid()
        self.keep = False
        self.ended = False
        self.buffer = b""
        self.woken, wakes = os.pipe()
        os.set_blocking(wakes, False)
        os.set_blocking(self.woken, False)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
            signal.signal(number, self._end)
        # The lifeline alone is not enough: a child that the owner forked may hold it open after the owner's death.
        try:
            self.owner_fd = os.pidfd_open(self.owner_pid)
        except (AttributeError, OSError):
            self.owner_fd = -1

    def _end(self, number: int, _frame: object) -> None:
        self.keep = self.keep or number == signal.SIGUSR1
        self.ended = True

    def line(self) -> str | None:
        """The next line of the lifeline, None when the owner ended first."""
        while b"\n" not in self.buffer and not self.ended:
            self._wait()
        first, newline, rest = self.buffer.partition(b"\n")
        if not newline:
            return None
        self.buffer = rest
        return first.decode()

    def order(self, child: subprocess.Popen[bytes] | None) -> str | None:
        """ "keep" or "remove"; None when `child` ended before an order came."""
        while True:
            if self.ended or b"\n" in self.buffer:
                return self.line() or ("keep" if self.keep else "remove")
            if child is not None and child.poll() is not None:
                return None
            self._wait()

    def _wait(self) -> None:
        watched = [0, self.woken] + ([self.owner_fd] if self.owner_fd >= 0 else [])
        ready, _, _ = select.select(watched, [], [], None if self.owner_fd >= 0 else 1.0)
        if self.woken in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self.woken, 4096)
        if 0 in ready:
            data = os.read(0, 65536)
            self.buffer += data
            self.ended = self.ended or not data
        self.ended = self.ended or self.owner_fd in ready or os.getppid() != self.owner_pid


def report(**event: object) -> None:
    with contextlib.suppress(OSError):  # the owner has stopped reading, or is gone
        os.write(1, json.dumps(event).encode() + b"\n")


def spawn(plan: Record, argv: list[str]) -> subprocess.Popen[bytes]:
    account = plan["account"]
    who = {} if account is None else {"user": account["uid"], "group": account["gid"], "extra_groups": []}
    return subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=2, stderr=2, env=plan["env"], umask=0o077, process_group=0, **who
    )


def create_cluster(plan: Record, watch: Watch) -> str | None:
    """Runs initdb. An order ends it, and so does a failure, after which the next order is awaited."""
    child = spawn(plan, plan["initdb"])
    order = watch.order(child)
    if order is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return order
    if child.returncode:
        report(event="failed", program="initdb", code=child.returncode)
        return watch.order(None)
    return None


def serve(plan: Record, directory: Path, watch: Watch) -> str:
    """Runs the server until an order comes, and stops it. Says the order."""
    record = plan["record"]
    child = spawn(plan, plan["server"])
    order = None
    try:
        record |= {"initialized": True, "postmaster": identity(child.pid)}
        write_record(directory, record)
        report(event="postmaster", pid=child.pid)
        order = watch.order(child)
        if order is None:
            report(event="failed", program="postgres", code=child.returncode)
    finally:
        if order is not None or child.poll() is None:
            steps = CLEANLY if order == "keep" else AT_ONCE
            end_process(child.pid, lambda: child.poll() is not None, steps)
    return order or watch.order(None) or "remove"


def supervise(plan: Record, directory: Path, watch: Watch) -> str:
    try:
        write_record(directory, plan["record"])
        order = create_cluster(plan, watch) if plan["initdb"] else None
        return order or serve(plan, directory, watch)
    except OSError as error:
        report(event="failed", program="supervisor", error=str(error), errno=error.errno)
        return watch.order(None) or "remove"


def main() -> int:
    directory = Path(sys.argv[1])
    watch = Watch()
    line = watch.line()
    if line is None:
        return 0  # the owner ended while it started us: its folder is for the next sweep
    plan = json.loads(line)
    watch.keep = watch.keep or plan["record"]["kept"]
    watch.ended = watch.ended or plan["record"]["owner"]["pid"] != watch.owner_pid
    plan["record"]["supervisor"] = identity(os.getpid())
    order = supervise(plan, directory, watch)
    end_leftovers(directory / "data")
    if order == "remove":
        remove_tree(Path(plan["record"]["socket_directory"]))
        remove_tree(directory)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
