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


@pytest.mark.parametrize("name", ["agent", "skill", "route", "lexicon", "agents-check"])
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
