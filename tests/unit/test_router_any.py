"""Whatever a task or an agent file holds, there is one sound answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.plugin.validation import validate
from orchestrator.router import candidates, lexicon
from orchestrator.router.answer import Router, router

OURS = router()
PIECES = st.sampled_from(
    [
        *("slow query", "review my branch", "REST endpoint", "index card", "deadlock detected", "查询很慢", "größere"),
        *(", then ", "; ", "\n", ". ", "1. ", "2) ", "before ", "without touching ", '"', "`", "```", "(cost=1", "İ"),
        *('File "a.py", line 3, in b', "Traceback (most recent call last):", "\x00", "\u2028", "💥", "ﬁ", "e\u0301"),
    ]
)
TASKS = st.lists(PIECES | st.text(max_size=12), max_size=14).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ENTRIES = st.lists(
    st.dictionaries(st.sampled_from(["phrase", "weight", "skills", "near", "at", "means", "word"]), VALUES, max_size=5)
    | VALUES,
    max_size=3,
)
ROUTINGS = st.fixed_dictionaries({}, optional={"about": VALUES, "phrases": ENTRIES, "negatives": ENTRIES})
HEADERS = st.fixed_dictionaries(
    {"name": st.just("baker")},
    optional={"description": VALUES, "keywords": VALUES, "routing": ROUTINGS | VALUES, "x-orchestrate": VALUES},
)


@given(TASKS)
@settings(max_examples=200, deadline=None)
def test_every_task_has_one_answer_by_the_schema_whose_spans_lie_in_it(task):
    found = OURS.route(task)
    assert validate(found.as_json(), "route") == []
    assert found == OURS.route(task)
    for hit in found.matched:
        assert 0 <= hit.start < hit.end <= len(task)
    for segment in found.segments:
        assert task[segment.start : segment.end] == segment.text
    assert (found.agent == "none") == (found.question is not None)


@given(HEADERS)
@settings(max_examples=200, deadline=None)
def test_every_header_gives_an_agent_that_can_be_asked(header):
    baker = candidates.candidate(header, Path("baker.md"), ["keywords"])
    gardener = candidates.candidate({"name": "gardener", "description": "Prunes roses."}, Path("gardener.md"), [])
    found = Router(lexicon=lexicon.build({}, [baker, gardener]), prior={}, labelled={}).route("prune the roses")
    assert validate(found.as_json(), "route") == []


def test_no_agent_can_be_called_none():
    with pytest.raises(ValueError, match="cannot be told from no agent"):
        candidates.candidate({"name": "none"}, Path("none.md"), [])
