"""In the real client a subagent gets the task of its own call: not that of one beside it, or of a declined one."""

from __future__ import annotations

import json

from client_script import SKIP_PERMISSIONS, answer, spawn

from orchestrator.demo.messages_api import Lane

DECLINES = """#!/bin/sh
case $(cat) in *"not this one"*) ;; *) exit 0 ;; esac
printf '%s' '{"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "deny"}}'
"""
PROMPTS = ["review the schema", "make it fast", "add a table for comments"]


def test_each_subagent_gets_the_task_of_its_own_call(run, plugin, tmp_path):
    script = tmp_path / "declines.sh"
    script.write_text(DECLINES)
    path = plugin / "hooks" / "hooks.json"
    document = json.loads(path.read_text())
    document["hooks"]["PreToolUse"].append(
        {"matcher": "Agent", "hooks": [{"type": "command", "command": "/bin/sh", "args": [str(script)], "timeout": 10}]}
    )
    path.write_text(json.dumps(document))
    at_once = [call for prompt in PROMPTS for call in spawn(prompt=prompt)]
    main = Lane(turns=[spawn(prompt="migrate all, but not this one"), at_once, "done"])
    run(lanes=[main, Lane(turns=[answer()] * 6, subagent=True)], plugin=plugin, flags=SKIP_PERMISSIONS)
    tasks = {}
    for head in (tmp_path / "project").rglob("agent-*/agent.json"):
        (transcript,) = (tmp_path / "config").rglob(f"{head.parent.name}.jsonl")
        task = json.loads(head.read_text())["task"]
        assert task in transcript.read_text().splitlines()[0]
        tasks[task] = head
    assert sorted(tasks) == sorted(PROMPTS)
