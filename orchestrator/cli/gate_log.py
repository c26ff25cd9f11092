"""What `orchestrate gate log` shows, and where the plugin's data are."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchestrator.model.errors import CouldNotFindOut

LOG = Path("gate", "audit.jsonl")


def folder(given: Path | None) -> Path:
    """The plugin's data folder: as given, as the client says, or the one used last. Raises CouldNotFindOut."""
    if given is None and os.environ.get("CLAUDE_PLUGIN_DATA"):
        given = Path(os.environ["CLAUDE_PLUGIN_DATA"])
    if given is not None:
        if not given.is_dir():
            raise CouldNotFindOut(f"there is no folder {given}", hint="Give the plugin's data folder: --data DIR.")
        return given.resolve()
    found = [path for path in config().glob("plugins/data/pgwright-*") if path.is_dir()]
    if not found:
        raise CouldNotFindOut(
            f"no data of the plugin are in {config() / 'plugins' / 'data'}",
            detail="The client makes the folder when the plugin's hooks run for the first time.",
            hint="Give the folder: --data DIR, or set CLAUDE_CONFIG_DIR as your client has it. "
            "Or install it in Claude Code: /plugin install pgwright@pgwright.",
        )
    return max(found, key=_last_used)


def config() -> Path:
    """The client's configuration folder."""
    return Path(os.environ.get("CLAUDE_CONFIG_DIR") or Path("~/.claude").expanduser())


def _last_used(data: Path) -> float:
    return max(path.stat().st_mtime for path in (data, data / "gate", data / LOG) if path.exists())


def entries(data: Path) -> tuple[list[dict[str, Any]], int]:
    """The lines of both files, oldest first, and how many cannot be read: a full disk may have cut one."""
    found: list[dict[str, Any]] = []
    damaged = 0
    for path in (data / f"{LOG}.1", data / LOG):
        for line in _lines(path):
            try:
                found.append(_entry(line))
            except ValueError:
                damaged += 1
    return found, damaged


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if line]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CouldNotFindOut(f"cannot read {path}: {error.strerror}") from error


def _entry(line: str) -> dict[str, Any]:
    row = json.loads(line)
    texts = ("time", "session", "agent", "tool", "code", "decision", "cwd", "command", "fingerprint", "by")
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in texts):
        raise ValueError(line)
    entry = {name: row[name] for name in texts}
    return entry | {name: [str(each) for each in row.get(name) or []] for name in ("rules", "details")}


def document(data: Path, limit: int) -> dict[str, Any]:
    """The document by schemas/gate-log.schema.json."""
    found, damaged = entries(data)
    return {
        "schema": "gate-log",
        "data": str(data),
        "total": len(found),
        "damaged": damaged,
        "entries": found[::-1][:limit],
    }


def lines(document: dict[str, Any]) -> Iterator[str]:
    from orchestrator.gate.reason import printable

    for entry in document["entries"]:
        who = entry["by"] or entry["agent"]
        rules = ", ".join(dict.fromkeys(entry["rules"])) or printable("; ".join(entry["details"]))
        yield f"{entry['time']}  {entry['decision']:<7}  {entry['code'] or '-':<12}  {rules}{'  ' + who if who else ''}"
        yield f"    {printable(entry['command'])[:200]}"
    if not document["entries"]:
        yield f"nothing was held so far, by {Path(document['data']) / LOG}"
    if document["damaged"]:
        yield f"{document['damaged']} lines of the log cannot be read"
