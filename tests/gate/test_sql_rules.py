"""What judging SQL watches and shows, and that a harmless read loads no rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from orchestrator.gate import catalogue
from orchestrator.gate.sql import judge

ROOT = Path(__file__).parents[2]
READ = (
    "select title, author_id, count(*) as n from books b join authors a on a.id = b.author_id "
    "where withdrawn_at is not null and a.name like 'A%' group by 1, 2 order by n desc limit 3"
)


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
