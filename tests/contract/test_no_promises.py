"""Agents of the plugin whose file promises little or nothing: nothing is held against them."""

from __future__ import annotations

import json
import shutil

import pytest

from orchestrator.contract import definition
from orchestrator.plugin import paths
from orchestrator.plugin.validation import validate

FREE = "pgwright:free"
HEADERS = {
    "no contract": "",
    "the least": "x-orchestrate:\n  version: 1.0.0\n  schema: 1\n",
    "hand-offs only": "x-orchestrate:\n  version: 1.0.0\n  schema: 1\n  hands_off_to: [code-quality-reviewer]\n",
}


@pytest.fixture(params=HEADERS.values(), ids=HEADERS)
def free(client, request):
    target = client.project.parent / "plugin"
    for name in ("agents", "hooks", "schemas", "orchestrator"):
        shutil.copytree(paths.root() / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    header = f"name: free\ndescription: does what it is told\n{request.param}"
    (target / "agents" / "free.md").write_text(f"---\n{header}---\nWork.\n")
    client.plugin = target
    return client


def test_any_answer_and_any_number_of_calls_will_do(free):
    told = free.start(agent_type=FREE, prompt="review the schema").context
    assert "Budget" not in told
    assert "JSON object" not in told
    keys = {"agent_id": "a1", "agent_type": FREE, "tool_name": "Read", "tool_input": {}}
    assert [free.send("call", tool_use_id=f"t{number}", **keys).reply for number in range(20)] == [{}] * 20
    assert free.end("It is fine.", agent_type=FREE).reply == {}
    head = free.head()
    assert (head["status"], head["calls"], head["problems"]) == ("done", 20, [])
    assert validate(head, "agent-run") == []
    assert (free.context / "runs" / "agent-a1" / "answer.txt").read_text() == "It is fine."
    assert [each["task"] for each in free.state()["tasks_completed"]] == ["review the schema"]


def test_an_object_in_its_answer_means_nothing(free):
    free.start(agent_type=FREE, prompt="look")
    assert free.end(json.dumps({"migrations_created": 5, "verdict": []}), agent_type=FREE).reply == {}
    assert free.head()["status"] == "done"
    assert free.state()["handoffs"] == []


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_what_a_definition_does_not_say_is_not_there(tmp_path, header):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "free.md").write_text(f"---\nname: free\n{header}---\n")
    found = definition.load("free", tmp_path)
    assert (found.output_schema, found.kinds) == ("", ())
    assert found.version == ("1.0.0" if header else None)
