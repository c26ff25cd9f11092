"""Every tuning rule against a server: it fires on its examples and keeps silent on the others, and what it proposes
runs there.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from orchestrator.pg import catalog as catalogs
from orchestrator.pg import connect, query
from orchestrator.pg.plan import explain
from orchestrator.tuning import experiment
from orchestrator.tuning.bench import Bench
from orchestrator.tuning.catalogue import all_rules, rule

pytestmark = pytest.mark.pg
RULES = all_rules()
FIRING = [(each, example) for each in RULES for example in each.fires_on]
SILENT = [(each, example) for each in RULES for example in each.silent_on]
VALUES = {"v": "[1,2,3]", "q": "quick brown fox", "lang": "en", "c": 7, "id": 1}


def named(pairs):
    return [f"{each.id}-{position}" for position, (each, _) in enumerate(pairs)]


@pytest.fixture
def connection(database):
    with connect.scratch(database) as opened:
        yield opened


def proposals(connection, each, example):
    """What the rule itself proposes on a database made by the example's schema."""
    connection.execute(example.schema)
    catalog = catalogs.read(connection, query.relations(query.read(example.query).tree))
    return [change for change in experiment.propose(example.query, catalog) if change.rule == each.id]


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_a_rule_is_named_as_its_file_and_says_where_it_comes_from(each):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", each.id)
    assert Path(inspect.getfile(each.propose)).stem == each.id.replace("-", "_")
    assert each.source.startswith("https://")
    assert rule(each.id) is each


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_a_rule_has_examples_and_counterexamples(each):
    assert each.fires_on
    assert len(each.silent_on) > 1
    assert each.why
    assert each.obligation


@pytest.mark.parametrize(("each", "example"), FIRING, ids=named(FIRING))
def test_a_rule_fires_and_what_it_proposes_runs(connection, each, example):
    changes = proposals(connection, each, example)
    assert changes
    bench = Bench(connection)
    for change in changes:
        assert change.index or change.query
        if change.index:
            assert bench.build(change.index, memory_bytes=0).size_bytes > 0
        rewritten = query.read(change.query or example.query)
        binding = {name: VALUES[name] for name in rewritten.parameters}
        explain(connection, rewritten.text, binding, analyze=True)


@pytest.mark.parametrize(("each", "example"), FIRING, ids=named(FIRING))
def test_a_rewrite_returns_the_same_columns(connection, each, example):
    parsed = query.read(example.query)
    changes = [change for change in proposals(connection, each, example) if change.query]
    bench = Bench(connection)
    binding = {name: VALUES[name] for name in parsed.parameters}
    before = bench.run(experiment.Arm(name="before", query=example.query), binding)
    for change in changes:
        assert bench.run(experiment.Arm(name="after", query=change.query), binding).columns == before.columns


@pytest.mark.parametrize(("each", "example"), SILENT, ids=named(SILENT))
def test_a_rule_keeps_silent(connection, each, example):
    assert proposals(connection, each, example) == []
