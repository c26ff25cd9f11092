from __future__ import annotations

import json

import pytest

from orchestrator.model.errors import UsageError
from orchestrator.plugin import paths
from orchestrator.plugin.validation import validate


@pytest.mark.parametrize("name", paths.schema_names())
def test_each_schema_is_valid_and_names_itself(name):
    from jsonschema import Draft202012Validator

    schema = paths.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:pgwright:schema:{name}"
    assert schema["description"]


@pytest.mark.parametrize(
    "name",
    [
        "agent",
        "agents-check",
        "eval-case",
        "hooks",
        "lexicon",
        "marketplace",
        "mcp-servers",
        "plugin",
        "route",
        "skill",
    ],
)
def test_each_schema_is_closed_and_describes_every_property(name):
    def walk(node, where):
        if isinstance(node, dict):
            if "properties" in node and "if" not in where and node.get("type") == "object":
                assert "additionalProperties" in node, where
            for key, value in node.get("properties", {}).items():
                if isinstance(value, dict) and value.get("type"):
                    assert value.get("description"), [*where, key]
            for key, value in node.items():
                walk(value, [*where, key])

    walk(json.loads((paths.root() / "schemas" / f"{name}.schema.json").read_text()), [name])


def test_a_problem_names_the_place_and_the_mend():
    (problem,) = validate({"lexicon": [{"agent": "a", "weight": 9, "phrases": ["x y"]}]}, "lexicon")
    assert problem.pointer == ("lexicon", 0, "weight")
    assert problem.message == "9 is greater than the maximum of 5"
    assert problem.fix


def test_an_unknown_schema_is_a_usage_error():
    with pytest.raises(UsageError, match='unknown schema "absent"'):
        validate({}, "absent")


def hooked(hook):
    return {"hooks": {"PreToolUse": [{"hooks": [hook]}]}}


HOOK = ("hooks", "PreToolUse", 0, "hooks", 0)


@pytest.mark.parametrize(
    ("schema", "document", "pointer", "code", "message"),
    [
        ("hooks", hooked({"type": "command"}), HOOK, "missing-key", 'the key "command" is missing'),
        ("hooks", hooked("x"), HOOK, "wrong-type", '"x" is no object'),
        (
            "hooks",
            hooked({"type": "comand"}),
            (*HOOK, "type"),
            "unknown-value",
            '"comand" is none of: command, http, mcp_tool, prompt, agent; did you mean "command"?',
        ),
        (
            "hooks",
            hooked({"type": "command", "command": "x", "timeOut": 3}),
            (*HOOK, "timeOut"),
            "unknown-key",
            'unknown key "timeOut"; did you mean "timeout"?',
        ),
        ("hooks", {"hooks": {"Stop": {}}}, ("hooks", "Stop"), "wrong-type", "an object of 0 is no list"),
        ("plugin", {"name": "a", "keywords": "x"}, ("keywords",), "wrong-type", '"x" is no list'),
        (
            "plugin",
            {"name": "a", "userConfig": {"a-b": {"type": "string", "title": "t", "description": "d"}}},
            ("userConfig", "a-b"),
            "bad-key",
            'the key "a-b" is not written as it has to be',
        ),
        (
            "plugin",
            {"name": "a", "hooks": {"Stop": 3}},
            ("hooks", "Stop"),
            "wrong-type",
            "3 is no list",
        ),
        (
            "plugin",
            {"name": "a", "commands": 3},
            ("commands",),
            "bad-value",
            "3 has none of the forms that are read here",
        ),
        (
            "mcp-servers",
            {"mcpServers": {"a": {"url": "https://x"}}},
            ("mcpServers", "a"),
            "missing-key",
            'the key "type" is missing',
        ),
        ("mcp-servers", {"mcpServers": {"a": {}}}, ("mcpServers", "a"), "missing-key", 'the key "command" is missing'),
        (
            "marketplace",
            {"name": "m", "owner": {"name": "o"}, "plugins": [{"name": "a", "source": {"source": "pip"}}]},
            ("plugins", 0, "source", "source"),
            "unknown-value",
            '"pip" is none of: github, url, git-subdir, npm, archive, command',
        ),
    ],
)
def test_a_fault_is_told_once_at_its_place_and_in_plain_words(schema, document, pointer, code, message):
    (problem,) = validate(document, schema)
    assert (problem.pointer, problem.code, problem.message) == (pointer, code, message)
    assert problem.fix.endswith(".")


def test_a_server_with_an_address_needs_its_type_and_the_mend_says_why():
    (problem,) = validate({"mcpServers": {"a": {"url": "https://x"}}}, "mcp-servers")
    assert "without one it is read as a program, and dropped" in problem.fix


def test_a_long_value_is_cut_in_a_message():
    (problem,) = validate({"name": "a", "author": "x" * 5000}, "plugin")
    assert len(problem.message) < 120


def test_the_events_of_the_hooks_schema_are_those_of_the_client():
    events = paths.schema("hooks")["$defs"]["events"]["properties"]
    assert len(events) == 33
    assert {"PreToolUse", "SubagentStop", "ConfigChange", "MessageDisplay"} <= events.keys()
