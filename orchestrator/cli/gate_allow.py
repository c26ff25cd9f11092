"""What `orchestrate gate allow` does: it shows a held call to a person at a terminal, and writes the grant."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from orchestrator.cli import gate_log
from orchestrator.model.errors import CouldNotFindOut, NeedsApproval, UsageError

KEEP_SPENT_S = 30 * 24 * 3600


def granted(data: Path, code: str, seconds: int) -> dict[str, Any]:
    """Asks, writes the grant and records it; the document by schemas/gate-allow.schema.json.

    Raises UsageError where no person sits at a terminal, CouldNotFindOut if no such call was held, and NeedsApproval
    without the word.
    """
    _needs_a_terminal()
    call = _held(data, code)
    _confirm(call, seconds)
    now = time.time()
    person = _person()
    path = _write(data, call["fingerprint"], person, now, now + seconds)
    _record(data, call, person)
    from orchestrator.gate.audit import timestamp

    return {
        "schema": "gate-allow",
        "code": call["code"],
        "fingerprint": call["fingerprint"],
        "by": person,
        "granted_at": timestamp(now),
        "expires_at": timestamp(now + seconds),
        "grant": str(path),
    }


def _needs_a_terminal() -> None:
    hint = "Type it in a terminal of your own, outside of the agent's session."
    if os.environ.get("CLAUDECODE"):
        raise UsageError("a grant needs a person, and this is the session of an agent", hint=hint)
    if not sys.stdin.isatty():
        raise UsageError("a grant needs a person at a terminal: standard input is none", hint=hint)
    try:
        with Path("/dev/tty").open("rb", buffering=0) as terminal:
            if not terminal.isatty():
                raise UsageError("a grant needs a person at a terminal: /dev/tty is none", hint=hint)
    except OSError as error:
        raise UsageError("a grant needs a person at a terminal: there is no /dev/tty", hint=hint) from error


def _held(data: Path, code: str) -> dict[str, Any]:
    found, _ = gate_log.entries(data)
    held = [row for row in found if row["decision"] in ("deny", "ask") and row["fingerprint"]]
    matching = [row for row in held if code in (row["code"], row["fingerprint"])]
    if not matching:
        raise CouldNotFindOut(
            f'no call with the code "{code}" was held, by {data / gate_log.LOG}',
            hint="orchestrate gate log lists the codes; --data DIR names another data folder.",
        )
    if len({row["fingerprint"] for row in matching}) > 1:
        raise UsageError(
            f'"{code}" is the code of several calls', hint="Give the whole fingerprint, from gate log --json."
        )
    return matching[-1]


def _confirm(call: dict[str, Any], seconds: int) -> None:
    from orchestrator.gate.reason import printable

    shown = [
        f"{call['decision']} at {call['time']}{' for ' + call['agent'] if call['agent'] else ''}",
        f"  tool     {call['tool']}",
        f"  folder   {call['cwd']}",
        f"  command  {printable(call['command'])}",
        *[f"  {rule}: {printable(detail)}" for rule, detail in zip(call["rules"], call["details"], strict=False)],
        f"It may run once within {seconds} s. Type yes to agree: ",
    ]
    # Both ends of the terminal itself: a pipe cannot answer, and a redirection cannot hide the question.
    with Path("/dev/tty").open("w", encoding="utf-8", errors="replace") as terminal:
        terminal.write("\n".join(shown))
    with Path("/dev/tty").open(encoding="utf-8", errors="replace") as terminal:
        answer = terminal.readline()
    if answer.strip().lower() != "yes":
        raise NeedsApproval("not granted: the answer was not yes")


def _person() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def _write(data: Path, fingerprint: str, person: str, now_s: float, expires_s: float) -> Path:
    from orchestrator.gate import grants

    folder = data / "gate" / "grants"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The gate takes no grant from a folder that others may write.
        folder.chmod(0o700)
        _sweep(data, now_s)
        fresh = folder / f".{fingerprint}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(grants.text(fingerprint, person, now_s, expires_s))
        fresh.rename(folder / fingerprint)
    except OSError as error:
        raise CouldNotFindOut(
            f"cannot write the grant into {folder}: {error.strerror}",
            hint="The user who runs the client has to grant; the folder belongs to them.",
        ) from error
    return folder / fingerprint


def _sweep(data: Path, now_s: float) -> None:
    """Removes used and expired grants that are a month old; the audit still has them."""
    for name in ("grants", "spent"):
        for path in (data / "gate" / name).glob("*"):
            with suppress(OSError):
                if path.lstat().st_mtime < now_s - KEEP_SPENT_S:
                    path.unlink()


def _record(data: Path, call: dict[str, Any], person: str) -> None:
    from orchestrator.gate import audit
    from orchestrator.gate.jsontext import encoded

    row = call | {"time": audit.timestamp(time.time()), "decision": "granted", "by": person}
    if not audit.append(str(data), encoded(row) + "\n"):
        raise CouldNotFindOut(f"the grant is written, but {data / gate_log.LOG} cannot be")
