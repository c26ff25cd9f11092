"""Claude Code: which one there is, and whether it holds a call where a hook fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from orchestrator.cli.doctor_checks import Check, Result, Subject, Trouble, judged, problem, skipped, warning

# "onFailure" of a hook: older clients ignore the key and run the call.
OLDEST = (2, 1, 295)
PATIENCE_S = 20


def call(subject: Subject) -> Result:  # noqa: ARG001
    places = _places()
    wanted = ".".join(map(str, OLDEST))
    if not places:
        return skipped("Claude Code is not installed", f"To use the plugin, install Claude Code {wanted} or newer.")
    facts: list[str] = []
    troubles: list[Trouble] = []
    for what, path in places.items():
        version = _version(path)
        said = ".".join(map(str, version)) if version else "of unknown version"
        facts.append(f"{what}: {said}, {path}")
        if version is None:
            troubles.append(warning(f"{path} does not say its version", f"Run {path} --version and see why."))
        elif version < OLDEST:
            text = f"{path} is {said}, needed is {wanted}: where a hook fails, the call runs"
            troubles.append(
                problem(text, "Run: claude update" if what == "on PATH" else "pip install claude-agent-sdk")
            )
    return judged(facts, troubles)


def _places() -> dict[str, Path]:
    found = {}
    if on_path := shutil.which("claude"):
        found["on PATH"] = Path(on_path).absolute()
    spec = find_spec("claude_agent_sdk")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        bundled = Path(folder) / "_bundled" / "claude"
        if bundled.is_file():
            found["inside claude-agent-sdk"] = bundled
    return found


def _version(program: Path) -> tuple[int, ...] | None:
    with tempfile.TemporaryDirectory(prefix="orchestrate-doctor-") as folder:
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": folder,
            "CLAUDE_CONFIG_DIR": folder,
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "DISABLE_AUTOUPDATER": "1",
        }
        try:
            done = subprocess.run(
                [program, "--version"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                cwd=folder,
                env=env,
                timeout=PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            return None
    said = re.match(r"(\d+)\.(\d+)\.(\d+)", done.stdout)
    return tuple(map(int, said.groups())) if said and done.returncode == 0 else None


CHECK = Check(id="client", title="Claude Code", order=20, deadline_s=60, call=call)
