"""Every rule for SQL does what its own examples say, and a harmless read costs next to nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestrator.gate import catalogue
from orchestrator.gate.sql import judge

RULES = [(word, rule) for word in sorted(catalogue.verbs()) for rule in catalogue.for_statement(word)]
FIRES = [(rule.id, text) for _, rule in RULES for text in rule.fires_on]
SILENT = [(rule.id, text) for _, rule in RULES for text in rule.silent_on]
ROOT = Path(__file__).parents[2]
READ = (
    "select title, author_id, count(*) as n from books b join authors a on a.id = b.author_id "
    "where withdrawn_at is not null and a.name like 'A%' group by 1, 2 order by n desc limit 3"
)


def ids(text: str) -> set[str]:
    return {effect.rule.id for effect in judge.effects(text)}


@pytest.mark.parametrize(("rule", "text"), FIRES)
def test_a_rule_fires_on_its_examples(rule, text):
    assert rule in ids(text)


@pytest.mark.parametrize(("rule", "text"), SILENT)
def test_a_rule_is_silent_on_its_counter_examples(rule, text):
    assert rule not in ids(text)


@pytest.mark.parametrize("rule", [rule for _, rule in RULES], ids=lambda rule: rule.id)
def test_a_rule_has_examples_of_both_kinds(rule):
    assert rule.fires_on
    assert rule.silent_on


def test_ids_are_unique():
    known = [rule.id for rule in catalogue.every()]
    assert sorted(set(known)) == sorted(known)


def test_every_watched_function_has_a_rule_or_runs_sql():
    from orchestrator.gate.sql.calls import RUNNERS

    named = {"setval", "set_config", "add_retention_policy", "alter_job", "unschedule", "load_extension", "writefile"}
    for name in catalogue.names("rules/sql/function"):
        named |= getattr(catalogue.module("rules.sql.function." + name), "NAMES", frozenset())
    settings = {"session_replication_role", "zero_damaged_pages", "allow_system_table_mods", "ignore_checksum_failure"}
    assert {name.lower() for name in judge.WATCHED} == (named | RUNNERS) - settings


def test_the_detail_is_one_short_line():
    text = "DELETE\n  FROM loans -- all\n" + " " * 500 + "RETURNING " + "a, " * 200 + "b"
    (effect,) = judge.effects(text)
    assert "\n" not in effect.detail
    assert len(effect.detail) <= 160
    assert effect.detail.startswith("DELETE FROM loans -- all RETURNING a, a,")


def test_a_read_loads_no_rule():
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from orchestrator.gate.sql.judge import effects
assert effects({READ!r}) == []
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not [name for name in loaded if ".rules" in name]
    assert len([name for name in loaded if name.startswith("orchestrator.gate.sql.")]) <= 4
    assert not loaded & {"re", "json", "typing", "dataclasses", "enum", "pathlib", "os", "functools", "collections"}


def test_a_read_is_judged_in_microseconds():
    judge.effects(READ)
    best = 1.0
    for _ in range(20):
        start = time.process_time()
        for _ in range(50):
            judge.effects(READ)
        best = min(best, (time.process_time() - start) / 50)
    assert best < 60e-6
