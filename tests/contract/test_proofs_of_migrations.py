"""What the reviewer is told of a proof: only what a tool of ours said of this very migration, as it is now."""

from __future__ import annotations

import json
import os

import pytest
from hook_client import answer

PROVE = "mcp__plugin_pgwright_pgwright__prove"
TUNE = "mcp__plugin_pgwright_pgwright__tune"
FILE = "migrations/0001_orders.py"
OTHER = "migrations/0002_items.py"


@pytest.fixture
def engineer(client):
    """A subagent that has written two migrations, long ago as far as their files tell."""
    client.start()
    (client.project / "migrations").mkdir()
    for name, revision in ((FILE, "0001"), (OTHER, "0002")):
        (client.project / name).write_text(f'revision = "{revision}"\n')
    return client


def proved(path=FILE, revision="0001", *, clean=True):
    return json.dumps({"path": path, "revision": revision, "schema": "mcp-prove", "clean": clean})


def tuned(*, clean):
    return json.dumps({"schema": "mcp-tune", "migration": {"path": FILE, "revision": "0001", "proof_clean": clean}})


def handed_over(client):
    assert client.end(json.dumps(answer(migrations_created=[FILE, OTHER]))).reply == {}
    return {each["payload"]["migration"]: each["payload"]["proof_clean"] for each in client.state()["handoffs"]}


SAID = [
    ([(PROVE, proved())], True),
    ([(PROVE, [{"type": "text", "text": proved()}])], True),
    ([(PROVE, proved("0001_orders.py"))], True),
    ([(PROVE, proved(clean=False))], False),
    ([(PROVE, proved(clean=False)), (PROVE, proved())], True),
    ([(PROVE, proved()), (PROVE, proved(clean=False))], False),
    ([(PROVE, proved()), (PROVE, proved(OTHER, "0002", clean=False))], True),
    ([(TUNE, tuned(clean=True))], True),
    ([(TUNE, tuned(clean=False))], False),
    ([(PROVE, "error: there is no server")], False),
    ([(PROVE, '{"clean": true}')], False),
    ([("Bash", {"stdout": proved()})], False),
    ([("mcp__stranger__prove", proved())], False),
    ([(PROVE, proved("app/0001_orders.py", "0009"))], False),
    ([], False),
]


@pytest.mark.parametrize(("said", "clean"), SAID)
def test_the_reviewer_learns_what_the_last_proof_of_the_migration_said(engineer, said, clean):
    for number, (tool, response) in enumerate(said):
        engineer.result(number, response, tool=tool)
    assert handed_over(engineer)[FILE] is clean


def test_a_clean_proof_of_another_migration_does_not_count(engineer):
    engineer.result(1, proved(OTHER, "0002"), tool=PROVE)
    assert handed_over(engineer) == {FILE: False, OTHER: True}


def test_the_path_that_the_tool_was_given_counts_where_it_named_none(engineer):
    engineer.result(1, '{"clean": true}', tool=PROVE, path=f"./{FILE}")
    assert handed_over(engineer) == {FILE: True, OTHER: False}


def test_a_migration_that_was_changed_after_its_proof_is_not_proven(engineer):
    engineer.result(1, proved(), tool=PROVE)
    path = engineer.project / FILE
    later = path.stat().st_mtime + 3600
    os.utime(path, (later, later))
    assert handed_over(engineer)[FILE] is False
