"""The reader of schemas in the hooks says the same as the complete one."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.contract.schema import Schemas
from orchestrator.plugin import paths
from orchestrator.plugin.definitions import read_agents
from orchestrator.plugin.validation import validate

NAMES = sorted({agent.output_schema.removeprefix("schemas/").removesuffix(".schema.json") for agent in read_agents()})
READER = Schemas(paths.root() / "schemas")
EXAMPLES = {name: paths.schema(name).get("examples", []) for name in NAMES}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def valid(name):
    output = {key: [] for key in paths.schema(name)["required"]}
    return EXAMPLES[name][0] if EXAMPLES[name] else output


def places(value, path=()):
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in children:
        yield from places(inner, (*path, key))


def changed(document, path, value, *, remove):
    result = copy.deepcopy(document)
    if not path:
        return value
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    if remove:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return result


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_changed_answer_gets_the_same_verdict_from_both(name, data):
    document = valid(name)
    path = data.draw(st.sampled_from(list(places(document))))
    broken = changed(document, path, data.draw(VALUES), remove=bool(path) and data.draw(st.booleans()))
    assert (READER.faults(broken, name) == []) is (validate(broken, name) == []), json.dumps(broken)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_schema_hold(name):
    assert [READER.faults(each, name) for each in [valid(name), *EXAMPLES[name]]] == [[]] * (1 + len(EXAMPLES[name]))


def test_a_keyword_that_is_not_read_is_refused(tmp_path):
    (tmp_path / "x.schema.json").write_text(json.dumps({"type": "object", "maxProperties": 1}))
    with pytest.raises(KeyError, match="maxProperties"):
        Schemas(tmp_path).faults({}, "x")
