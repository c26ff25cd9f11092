"""What a held call says to whom: the agent that reads it, or the person who is asked."""

from __future__ import annotations

import json

import pytest

from orchestrator.gate import answer, catalogue, grants
from orchestrator.gate.judgement import Judgement
from orchestrator.gate.place import Place
from orchestrator.gate.rule import Effect


@pytest.fixture
def reply(tmp_path):
    """The reply to a call that has the effect of one rule."""
    (tmp_path / "data").mkdir()
    place = Place(cwd=str(tmp_path), data=str(tmp_path / "data"))

    def said(rule):
        found = Judgement()
        found.effects.append(Effect(catalogue.find(rule), "the call", ()))
        event = {"tool_name": "Bash", "tool_input": {"command": "x"}, "permission_mode": "default"}
        return answer.reply(event, place, found)

    return said


def test_a_refusal_tells_the_agent_not_to_rephrase_and_how_a_person_can_grant_it(reply):
    text = reply("run-migration").stderr
    assert "do not rephrase it" in text
    assert "orchestrate gate allow " in text


def test_a_question_offers_no_grant_beside_the_yes_and_no_that_the_client_shows(reply):
    text = json.loads(reply("stamp-migration").stdout)["hookSpecificOutput"]["permissionDecisionReason"]
    assert "A person decides" in text
    assert "gate allow" not in text


def test_nobody_can_grant_an_agent_the_granting(reply, tmp_path):
    event = {"tool_name": "Bash", "tool_input": {"command": "x"}}
    name = grants.fingerprint(event, str(tmp_path), [])
    folder = tmp_path / "data" / "gate" / "grants"
    folder.mkdir(parents=True)
    (folder / name).write_text(grants.text(name, "ada", 0, 4_000_000_000))
    refused = reply("self-approval")
    assert refused.code == 2
    assert "orchestrate gate allow" not in refused.stderr.rsplit("The call did not run", 1)[1]
