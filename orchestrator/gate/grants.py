"""Grants: a person lets exactly one call pass, once, until a time.

A grant is a small file that `orchestrate gate allow` writes at a terminal. Its name is the fingerprint of the call, so
a call that differs in one character, folder or file that it reads is another call. Nothing in the environment grants.
"""

from __future__ import annotations

import posix
import time
from _stat import S_ISDIR, S_ISREG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from os import stat_result
    from typing import Any

CODE_LENGTH = 12
LONGEST_S = 24 * 60 * 60
MAX_BYTES = 4096
# What the model writes about a Bash call and how long it may wait change nothing of what runs.
REMARKS = ("description", "timeout")
OTHERS_MAY_WRITE = 0o022


def fingerprint(event: Mapping[str, object], cwd: str, read: Sequence[tuple[str, str]]) -> str:
    """64 hexadecimal digits over tool, input, folder, and path and content of each file that the verdict depends on."""
    given = event.get("tool_input")
    if event.get("tool_name") == "Bash" and isinstance(given, dict):
        given = {name: value for name, value in given.items() if name not in REMARKS}
    digest = _sha256()
    for piece in _pieces([event.get("tool_name"), given, cwd, [list(each) for each in read]]):
        digest.update(piece.encode("utf-8", "surrogatepass"))
    found: str = digest.hexdigest()
    return found


def _sha256() -> Any:
    # hashlib looks for OpenSSL first, which costs more than the whole answer. Each Python has one of the other two.
    for name in ("_sha2", "_sha256"):
        try:
            return __import__(name).sha256()
        except ImportError:
            pass
    return __import__("hashlib").sha256()


def _pieces(value: object) -> list[str]:
    """The value as text that no other value has, without recursion: each piece says its kind and its length."""
    pieces = []
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            pieces.append(f"map{len(each)};")
            for name in sorted(each, key=str):
                waiting += (each[name], name)
        elif isinstance(each, list):
            pieces.append(f"list{len(each)};")
            waiting += each[::-1]
        else:
            shown = each if isinstance(each, str) else repr(each)
            pieces.append(f"{type(each).__name__}{len(shown)}:{shown}")
    return pieces


def spend(data: str, name: str) -> str:
    """Uses the grant up; the person who gave it, "" if there is none. Of two calls at once exactly one gets it."""
    person = _valid(data + "/gate/grants", name) if data else ""
    if not person:
        return ""
    spent = data + "/gate/spent"
    try:
        posix.mkdir(spent, 0o700)
    except OSError:
        if not _is_folder(spent):
            return ""
    try:
        # The rename is the use: a second one finds nothing to rename.
        posix.rename(data + "/gate/grants/" + name, f"{spent}/{name}.{time.time_ns()}")
    except OSError:
        return ""
    return person


def _is_folder(path: str) -> bool:
    try:
        return S_ISDIR(posix.lstat(path).st_mode)
    except OSError:
        return False


def _valid(folder: str, name: str) -> str:
    """Who gave the grant; "" where it is missing, expired, malformed, not ours, or writable by others."""
    try:
        if not _ours(posix.lstat(folder), S_ISDIR):
            return ""
        descriptor = posix.open(folder + "/" + name, posix.O_RDONLY | posix.O_NOFOLLOW | posix.O_NONBLOCK)
        try:
            content = posix.read(descriptor, MAX_BYTES) if _ours(posix.fstat(descriptor), S_ISREG) else b""
        finally:
            posix.close(descriptor)
    except (OSError, ValueError):
        return ""
    return _person(content.decode("utf-8", "replace"), name, time.time())


def _ours(status: stat_result, is_kind: Callable[[int], bool]) -> bool:
    return is_kind(status.st_mode) and status.st_uid == posix.geteuid() and not status.st_mode & OTHERS_MAY_WRITE


def text(name: str, person: str, now_s: float, expires_s: float) -> str:
    """The content of a grant's file."""
    given_by = " ".join(person.split()) or "unknown"
    return f"call {name}\ngranted {int(now_s)}\nexpires {int(expires_s)}\nby {given_by}\n"


def _person(content: str, name: str, now_s: float) -> str:
    lines = [line.split(" ", 1) for line in content.split("\n")]
    if [line[0] for line in lines] != ["call", "granted", "expires", "by", ""] or lines[0][-1] != name:
        return ""
    granted, expires, person = lines[1][-1], lines[2][-1], lines[3][-1]
    if not (granted.isdecimal() and expires.isdecimal() and len(granted + expires) < 30):
        return ""
    in_force = int(granted) - 60 <= now_s < int(expires) <= int(granted) + LONGEST_S
    return person if in_force else ""
