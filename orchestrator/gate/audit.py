"""The audit: one JSON line for every call that was held or granted, and for every failure of the gate itself.

`<data>/gate/audit.jsonl`, readable by its owner only, at most two files of 5 MB. Silence is not recorded: an ordinary
command costs no write.
"""

from __future__ import annotations

import posix
import time
from _stat import S_ISREG

from orchestrator.gate import redact
from orchestrator.gate.grants import CODE_LENGTH
from orchestrator.gate.jsontext import encoded
from orchestrator.gate.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.gate.place import Place
    from orchestrator.gate.rule import Effect

FILE = "/gate/audit.jsonl"
MAX_BYTES = 5_000_000
LONGEST_COMMAND = 20_000
LONGEST_DETAIL = 400
MOST_EFFECTS = 20
# Of a tool that writes a file, the path says enough; the content may be long, and private.
CONTENT = ("content", "new_string", "old_string", "edits", "new_source")


def record(
    place: Place,
    event: Mapping[str, object],
    *,
    decision: str,
    held: Sequence[Effect],
    fingerprint: str = "",
    person: str = "",
) -> bool:
    """Appends one line; false if it could not be written."""
    kept = held[:MOST_EFFECTS]
    details = [redact.redacted(shown(effect.detail[: 2 * LONGEST_DETAIL]))[:LONGEST_DETAIL] for effect in kept]
    return _appended(place, event, decision, [effect.rule.id for effect in kept], details, fingerprint, person)


def failure(place: Place, event: Mapping[str, object], problem: str) -> bool:
    """Records that the gate could not judge a call, which was held for that."""
    return _appended(place, event, "failure", [], [redacted(problem)], "", "")


def redacted(problem: str) -> str:
    """The beginning of it, without secrets."""
    return redact.redacted(problem[:LONGEST_DETAIL])


def _appended(  # noqa: PLR0917
    place: Place,
    event: Mapping[str, object],
    decision: str,
    rules: list[str],
    details: list[str],
    fingerprint: str,
    person: str,
) -> bool:
    row = {
        "time": timestamp(time.time()),
        "session": _word(event.get("session_id")),
        "agent": place.agent,
        "tool": _word(event.get("tool_name") or event.get("hook_event_name")),
        "code": fingerprint[:CODE_LENGTH],
        "decision": decision,
        "rules": rules,
        "details": details,
        "cwd": place.cwd,
        "command": command(event.get("tool_input")),
        "fingerprint": fingerprint,
        "by": person,
    }
    return append(place.data, encoded(row) + "\n")


def _word(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""


def command(given: object) -> str:
    """What the call would do, without secrets: the command line, else the input without the content of files."""
    if not isinstance(given, dict):
        return ""
    line = given.get("command")
    if not isinstance(line, str):
        kept = {str(name): value for name, value in given.items() if name not in CONTENT}
        line = given["file_path"] if list(kept) == ["file_path"] else _encoded(kept)
    cut = str(line)[:LONGEST_COMMAND]
    more = len(str(line)) - len(cut)
    return redact.redacted(cut) + (" … and " + str(more) + " more characters" if more else "")


def _encoded(kept: dict[str, object]) -> str:
    try:
        return encoded(kept)
    except RecursionError:
        return "input nested too deeply to be shown"


def timestamp(seconds: float) -> str:
    """ISO 8601 in UTC, with milliseconds."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{int(seconds * 1000) % 1000:03}Z"


def append(data: str, line: str) -> bool:
    """One write of one line, so that two hooks never mix theirs."""
    if not data:
        return False
    path = data + FILE
    written = line.encode("utf-8", "replace")
    try:
        handle = _opened(path)
        if posix.fstat(handle).st_size > MAX_BYTES:
            posix.close(handle)
            _rotate(path)
            handle = _opened(path)
        try:
            return S_ISREG(posix.fstat(handle).st_mode) and posix.write(handle, written) == len(written)
        finally:
            posix.close(handle)
    except OSError:
        return False


def _opened(path: str) -> int:
    flags = posix.O_WRONLY | posix.O_APPEND | posix.O_CREAT | posix.O_NOFOLLOW | posix.O_NONBLOCK | posix.O_CLOEXEC
    try:
        return posix.open(path, flags, 0o600)
    except FileNotFoundError:
        posix.mkdir(path.rpartition("/")[0], 0o700)
        return posix.open(path, flags, 0o600)


def _rotate(path: str) -> None:
    """Under a lock, or the second of two hooks would put the fresh file over the full one."""
    from fcntl import LOCK_EX, flock

    folder = posix.open(path.rpartition("/")[0], posix.O_RDONLY)
    try:
        flock(folder, LOCK_EX)
        if posix.stat(path).st_size > MAX_BYTES:
            posix.rename(path, path + ".1")
    finally:
        posix.close(folder)
