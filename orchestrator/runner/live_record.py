"""Every event of a live session as one line of the run's journal, with secrets taken out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.gate import redact
from orchestrator.gate.redact import redacted

LONGEST_TEXT = 20_000
SESSION = "session"


class Journal:
    """Appends to events.jsonl. `secrets` are values that must never be in it, wherever they stand."""

    def __init__(self, path: Path, *, secrets: Iterable[str] = ()) -> None:
        self.path = path
        # The longest first: one may be a part of another.
        self._secrets = sorted({each for each in secrets if len(each) >= 4}, key=len, reverse=True)

    def write(self, kind: str, event: Mapping[str, Any]) -> None:
        head = {"event": SESSION, "kind": kind, "at": datetime.now(UTC).isoformat(timespec="milliseconds")}
        line = json.dumps(head | {"data": self.clean(event), "pid": os.getpid()}, ensure_ascii=False, default=str)
        # A lone surrogate cannot be written as UTF-8, only as its escape.
        content = line.encode("utf-8", "backslashreplace") + b"\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(handle, content)
        finally:
            os.close(handle)

    def clean(self, value: Any) -> Any:
        """The value with *** for what looks like a secret or is one, and with very long texts shortened."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {str(key): redact.MASK if _is_secret(key, item) else self.clean(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.clean(each) for each in value]
        return value

    def text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, redact.MASK)
        cut = f"… and {len(text) - LONGEST_TEXT:,} more characters" if len(text) > LONGEST_TEXT else ""
        return redacted(text[:LONGEST_TEXT]) + cut

    def events(self) -> Iterator[dict[str, Any]]:
        """The session's events so far, also those of an earlier process; a line that a kill has torn is left out."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in content.splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and event.get("event") == SESSION:
                yield event


def _is_secret(key: object, value: object) -> bool:
    """True for a text whose key names a secret."""
    name = str(key).lower()
    return isinstance(value, str) and bool(value) and name.endswith((*redact.LAST_WORDS, *redact.ENDINGS))
