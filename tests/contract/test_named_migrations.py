"""Files that an answer says were written: in the project, in this task, and found without reading all of a disk."""

from __future__ import annotations

import json
import os

import pytest
from hook_client import answer

from orchestrator.contract import written
from orchestrator.contract.answer import migration

FILE = "migrations/0001_orders.py"


def put(project, name, text='revision = "0001"\n'):
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def refused(client, *names):
    return client.end(json.dumps(answer(migrations_created=list(names)))).reply.get("reason", "")


@pytest.mark.parametrize("name", [FILE, f"./{FILE}", "0001_orders.py", "migrations/../" + FILE, "{project}/" + FILE])
def test_a_migration_may_be_named_in_every_way_that_leads_to_it(client, name):
    client.start()
    put(client.project, FILE)
    assert refused(client, name.format(project=client.project)) == ""
    assert client.state()["handoffs"][0]["payload"]["migration"] == FILE


ELSEWHERE = ["/etc/passwd", "../secret.py", "migrations/../../secret.py", "link.py", "linked/secret.py", "{outside}"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_file_outside_of_the_project_is_no_migration(client, name):
    client.start()
    outside = put(client.project.parent, "secret.py")
    (client.project / "migrations").mkdir()
    (client.project / "link.py").symlink_to(outside)
    (client.project / "linked").symlink_to(client.project.parent)
    assert "in the project" in refused(client, name.format(outside=outside))


NOT_THERE = ["", ".", "a" * 300 + ".py", "a/" * 5000, "a\0b.py", "\ud800.py", "loop/x.py", "other/0001_orders.py"]


@pytest.mark.parametrize("name", NOT_THERE, ids=range(len(NOT_THERE)))
def test_a_name_that_leads_nowhere_is_sent_back(client, name):
    client.start()
    put(client.project, FILE)
    (client.project / "loop").symlink_to("loop")
    said = refused(client, name)
    assert "migrations_created/0: there is no file" in said
    assert len(said) < 2000


def test_a_name_that_two_files_have_is_asked_for_with_its_path(client):
    client.start()
    for app in ("app1", "app2"):
        put(client.project, f"{app}/{FILE}")
    said = refused(client, "0001_orders.py")
    assert "app1/migrations/0001_orders.py and app2/migrations/0001_orders.py" in said
    assert refused(client, f"app1/{FILE}", f"app2/{FILE}") == ""


def test_a_file_from_before_the_task_was_not_made_in_it(client):
    path = put(client.project, "README.md")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    client.start()
    assert "README.md is older than this task" in refused(client, "README.md")


def test_a_file_that_a_call_wrote_was_made_in_the_task_whatever_its_clock_says(client):
    client.start()
    path = put(client.project, FILE)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    client.call(1, "Write", file_path=str(path), content="x")
    assert refused(client, FILE) == ""


def test_a_subagent_that_goes_on_keeps_the_files_of_its_first_part(client):
    client.start()
    client.call(1, "Bash", command="alembic revision -m orders")
    put(client.project, FILE)
    assert refused(client, FILE) == ""
    client.start()
    path = client.context / "runs" / "agent-a1" / "agent.json"
    head = json.loads(path.read_text()) | {"started_at": "2999-01-01T00:00:00Z"}
    path.write_text(json.dumps(head))
    assert refused(client, FILE) == ""


def test_a_folder_full_of_files_hides_no_migration_in_another(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "MOST_IN_FOLDER", 20)
    monkeypatch.setattr(written, "MOST_FILES", 100)
    for number in range(10):
        for each in range(30):
            put(tmp_path, f"assets{number}/{each}.txt")
    expected = put(tmp_path, "src/migrations/0001_orders.py")
    put(tmp_path, "a/migrations/x/0002.py")
    assert migration("0001_orders.py", tmp_path) is None  # past the limit of the whole project
    monkeypatch.setattr(written, "MOST_FILES", 250)
    assert migration("0001_orders.py", tmp_path) == expected
    assert migration(str(expected), tmp_path) == expected


def test_rings_of_links_are_not_followed(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path)
    expected = put(tmp_path, "a/b/x.py")
    assert written.Files(tmp_path).named("x.py") == [expected]
