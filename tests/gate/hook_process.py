"""Runs the hooks that hooks/hooks.json wires for a tool, each as a process, the way the client does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

PLUGIN = Path(__file__).parents[2]
STRICTNESS = {"allow": 0, "ask": 1, "deny": 2}
CWD = "{{CWD}}"
# One plugin data folder for all calls of this process: the first start searches Python and compiles, as after an
# installation, and the others find what it kept.
DATA = tempfile.TemporaryDirectory(prefix="gate-data-")


class Outcome(NamedTuple):
    """`decision` is what the client would do: deny, ask or allow. The rest is of the hook that decided it."""

    decision: str
    reason: str
    returncode: int
    stdout: str
    stderr: str

    @property
    def broken(self) -> bool:
        """The hook did not judge: it crashed, or printed something that the client would not understand."""
        return self.returncode not in {0, 2} or "could not judge" in self.stderr or self.reason.startswith("not JSON")


NOTHING = Outcome("allow", "", 0, "", "")


def event(tool: str, tool_input: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A PreToolUse event; `more` replaces or adds fields, agent_type for example."""
    return {
        "session_id": "s",
        "transcript_path": CWD + "/t.jsonl",
        "cwd": CWD,
        "permission_mode": "default",
        "hook_event_name": "PreToolUse",
        "tool_name": tool,
        "tool_input": dict(tool_input),
        "tool_use_id": "toolu_01",
        **more,
    }


def run_hook(
    event: Mapping[str, Any], files: Mapping[str, str] | None = None, env: Mapping[str, str] | None = None
) -> Outcome:
    """What the client would do with a tool call in a project that holds `files`, by their relative paths.

    {{CWD}} in the event stands for the project's folder. `env` is added to the hook's environment.
    """
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        project, home = Path(folder, "project"), Path(folder, "home")
        (project / ".git").mkdir(parents=True)
        home.mkdir()
        put(files or {}, project)
        variables = {
            "CLAUDE_PLUGIN_ROOT": str(PLUGIN),
            "CLAUDE_PLUGIN_DATA": DATA.name,
            "CLAUDE_PROJECT_DIR": str(project),
        }
        surroundings = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", **variables, **(env or {})}
        outcome = NOTHING
        sent = json.dumps(filled(event, str(project))).encode()
        for handler in handlers(str(event["hook_event_name"]), str(event["tool_name"])):
            found = _outcome(handler, _run(handler, sent, project, surroundings))
            if STRICTNESS[found.decision] >= STRICTNESS[outcome.decision]:
                outcome = found
        return outcome


def put(files: Mapping[str, str], folder: Path) -> None:
    """Writes files by their relative paths."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        if text.startswith("#!"):
            path.chmod(0o755)


def filled(value: Any, cwd: str) -> Any:
    """The value with {{CWD}} replaced in every text of it."""
    if isinstance(value, str):
        return value.replace(CWD, cwd)
    if isinstance(value, Mapping):
        return {key: filled(each, cwd) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, cwd) for each in value]
    return value


def handlers(event_name: str, tool: str) -> Iterator[dict[str, Any]]:
    """The command hooks whose matcher fits the tool; a matcher of plain characters is a list of exact names."""
    for entry in json.loads((PLUGIN / "hooks" / "hooks.json").read_text(encoding="utf-8"))["hooks"].get(event_name, []):
        matcher = entry.get("matcher", "")
        if re.fullmatch(r"[\w, |]*", matcher):
            fits = not matcher or tool in re.split(r"[|,\s]+", matcher)
        else:
            fits = matcher == "*" or re.search(matcher, tool) is not None
        if fits:
            yield from (hook for hook in entry["hooks"] if hook["type"] == "command")


def _run(
    handler: Mapping[str, Any], sent: bytes, cwd: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    def placed(text: str) -> str:
        return re.sub(r"\$\{(CLAUDE_\w+)\}", lambda match: env[match[1]], text)

    command = placed(handler["command"])
    argv = [command, *map(placed, handler["args"])] if "args" in handler else ["bash", "-c", command]
    return subprocess.run(argv, input=sent, capture_output=True, cwd=cwd, env=dict(env), timeout=60, check=False)


def _outcome(handler: Mapping[str, Any], done: subprocess.CompletedProcess[bytes]) -> Outcome:
    stdout, stderr = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    if done.returncode == 2:
        return Outcome("deny", stderr.strip(), 2, stdout, stderr)
    if done.returncode != 0:
        held = "deny" if handler.get("onFailure") == "block" else "allow"
        return Outcome(held, f"crash: {stderr[-300:]}", done.returncode, stdout, stderr)
    if not stdout.strip():
        return Outcome("allow", "", 0, stdout, stderr)
    try:
        answer = json.loads(stdout)["hookSpecificOutput"]
        decision, reason = answer["permissionDecision"], answer["permissionDecisionReason"]
    except (ValueError, KeyError, TypeError):
        return Outcome("allow", "not JSON that the client understands: " + stdout[:200], 0, stdout, stderr)
    return Outcome(decision if decision in STRICTNESS else "allow", reason, 0, stdout, stderr)
