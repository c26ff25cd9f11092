"""What a live run needs: the Agent SDK and a key. Only names are looked at, never a value."""

from __future__ import annotations

import os
from importlib.util import find_spec

from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, skipped

KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN")
CLOUDS = ("CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY")


def call(subject: Subject) -> Result:  # noqa: ARG001
    named = [name for name in KEYS + CLOUDS if os.environ.get(name)]
    has_sdk = find_spec("claude_agent_sdk") is not None
    if named and has_sdk:
        return judged([f"claude-agent-sdk is installed, {', '.join(named)} is set"], [])
    lacking = [] if has_sdk else ["claude-agent-sdk is not installed"]
    lacking += [] if named else ["no variable with a key is set"]
    mends = [] if has_sdk else ["pip install claude-agent-sdk"]
    mends += [] if named else [f"set one of {', '.join(KEYS)}"]
    text = f"{' and '.join(lacking)}: runs work without a language model"
    return skipped(text, f"For live runs: {'; '.join(mends)}")


CHECK = Check(id="live", title="live runs", order=130, deadline_s=10, call=call)
