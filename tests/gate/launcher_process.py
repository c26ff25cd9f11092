"""Runs hooks/gate as the client does, with any bytes on stdin, under each shell that is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.plugin import paths

ROOT = paths.root()
# busybox is a third kind of sh, tried where it is installed.
SHELLS = {argv[0]: argv for argv in (["dash"], ["bash", "--posix"], ["busybox", "sh"]) if shutil.which(argv[0])}
RUN_LIMIT_S = 60


@dataclass(frozen=True, kw_only=True)
class Launcher:
    """`folder` is empty and the caller's; the plugin's data folder and the user's home are in it."""

    folder: Path
    plugin: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"/usr/local/bin:/usr/bin:/bin:{Path(sys.executable).resolve().parent}",
            "HOME": str(self.folder / "home"),
            "CLAUDE_PROJECT_DIR": str(self.folder / "project"),
            "CLAUDE_PLUGIN_DATA": str(self.data),
            **self.env,
        }

    def run(
        self, stdin: bytes, mode: str = "bash", shell: str = "", **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        argv = SHELLS[shell] if shell else ["sh"]
        return subprocess.run(
            [str(shutil.which(argv[0])), *argv[1:], str(self.plugin / "hooks" / "gate"), mode],
            input=stdin,
            capture_output=True,
            env=self.environment,
            timeout=RUN_LIMIT_S,
            check=False,
            **options,
        )

    def remember(self, text: str, name: str = "interpreter") -> Path:
        """Makes a program of this text the interpreter that the launcher found at an earlier start."""
        program = self.folder / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
        os.utime(program, (1, 1))
        (self.data / "gate").mkdir(parents=True, exist_ok=True)
        (self.data / "gate" / "python").write_text(f"{program}\n")
        return program


def event(command: object, **changes: object) -> dict[str, object]:
    """What the client sends before a call of Bash."""
    return {
        "session_id": "s",
        "transcript_path": "/t.jsonl",
        "cwd": "/",
        "permission_mode": "default",
        "effort": {"level": "medium"},
        "hook_event_name": "PreToolUse",
        "tool_name": "Bash",
        "tool_input": {"command": command, "description": "List files"},
        "tool_use_id": "toolu_1",
        **changes,
    }


def encoded(value: object, end: str = "\n", separators: tuple[str, str] = (",", ":")) -> bytes:
    """JSON as the client writes it: on one line, without spaces, non-ASCII characters as they are."""
    return (json.dumps(value, separators=separators, ensure_ascii=False) + end).encode("utf-8", "surrogatepass")
