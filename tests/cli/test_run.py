"""A whole run of the demo: what it prints, what it leaves, and what a second run makes of it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.plugin.validation import validate
from tests.cli.conftest import SMALL, TASK, DemoRun, orchestrate


def test_the_json_of_a_run_validates(demo_run: DemoRun) -> None:
    assert validate(demo_run.document, "run") == []


def test_the_schema_refuses_a_run_with_one_more_key(demo_run: DemoRun) -> None:
    assert validate({**demo_run.document, "mood": "good"}, "run")


def test_a_run_routes_to_the_database_engineer_and_says_why(demo_run: DemoRun) -> None:
    route = demo_run.document["route"]
    assert route["agent"] == "database-engineer"
    assert route["matched"]
    assert "because of" in demo_run.finished.stderr


def test_every_finding_points_at_evidence_that_exists(demo_run: DemoRun) -> None:
    output = demo_run.document["output"]
    known = {claim["id"] for claim in output["evidence"]}
    used = {
        ref for part in ("indexes_added", "performance_findings") for each in output[part] for ref in each["evidence"]
    }
    assert used
    assert used <= known


def test_every_time_in_a_finding_was_measured_in_this_run(demo_run: DemoRun) -> None:
    trials = {query["query"]: query for query in demo_run.document["queries"]}
    for finding in demo_run.document["output"]["performance_findings"]:
        query = trials[finding["query"]]
        for when in ("before", "after"):
            times = query["trials"][f"{when}_wall_ms"]
            assert min(times) <= finding[f"{when}_ms"] <= max(times)


def test_indexes_alone_are_rejected_for_the_weighted_sum_with_their_time(demo_run: DemoRun) -> None:
    query = next(each for each in demo_run.document["queries"] if each["id"] == "weighted_sum")
    alone = next(each for each in query["candidates"] if each["name"] == "indexes only")
    assert alone["verdict"] == "rejected"
    assert "does not use" in alone["reason"]
    assert alone["measured"]["wall_ms"] > query["effect"]["wall"]["after_ms"]


def test_the_chosen_answers_are_those_of_the_exact_query(demo_run: DemoRun) -> None:
    for query in demo_run.document["queries"]:
        assert query["effect"]["after"]["overlap"] >= 0.95
        assert query["effect"]["same_rows"]


def test_all_artifacts_exist_inside_the_project(demo_run: DemoRun) -> None:
    kinds = set()
    for artifact in demo_run.document["artifacts"]:
        assert not Path(artifact["path"]).is_absolute()
        assert (demo_run.project / artifact["path"]).is_file()
        kinds.add(artifact["kind"])
    assert kinds == {"migration", "output", "report", "query", "decision"}


def test_the_revision_compiles_and_its_proof_is_clean(demo_run: DemoRun) -> None:
    migration = demo_run.document["migration"]
    text = (demo_run.project / migration["path"]).read_text()
    ast.parse(text)
    assert "CONCURRENTLY" in text
    proof = migration["proof"]
    assert proof["clean"]
    assert proof["roundtrip"] == {"schema_equal": True, "data_equal": True, "second_upgrade": True}
    assert {lock["mode"] for lock in proof["strongest_lock"]} == {"SHARE UPDATE EXCLUSIVE"}
    assert proof["writers"]["waited_for_migration"] == 0


def test_the_reviewer_approves_by_checks_of_its_own(demo_run: DemoRun) -> None:
    review = demo_run.document["review"]
    assert review["verdict"] == "approved"
    assert len(review["checks"]) >= 10
    assert demo_run.document["handoffs"][0]["to"] == "code-quality-reviewer"


@pytest.mark.parametrize(
    ("file", "schema"),
    [("session/state.json", "state"), ("knowledge/decisions/active.json", "decisions-active")],
)
def test_the_context_is_valid_after_a_run(demo_run: DemoRun, file: str, schema: str) -> None:
    document = json.loads((demo_run.project / "context" / file).read_text())
    assert validate(document, schema) == []


def test_the_decision_carries_the_agent_and_the_rejected_alternatives(demo_run: DemoRun) -> None:
    found = next(each for each in demo_run.document["artifacts"] if each["kind"] == "decision")
    decision = json.loads((demo_run.project / found["path"]).read_text())
    assert validate(decision, "decision") == []
    assert decision["agent_sha256"] == demo_run.document["agent"]["sha256"]
    assert any("indexes only" in each["option"] for each in decision["alternatives"])


def test_a_run_leaves_no_server_behind(demo_run: DemoRun) -> None:
    note = json.loads((demo_run.folder / "server.json").read_text())
    assert not Path(note["directory"]).exists()


def test_runs_lists_the_finished_run(demo_run: DemoRun) -> None:
    listed = orchestrate("runs", "--project", str(demo_run.project), "--json").document
    assert validate(listed, "runs") == []
    assert listed["runs"][-1] == {
        "run_id": demo_run.document["run_id"],
        "task": TASK,
        "status": "done",
        "created_at": listed["runs"][-1]["created_at"],
        "headline": demo_run.document["headline"],
        "next": None,
    }


@pytest.fixture(scope="module")
def second_run(demo_run: DemoRun) -> Any:
    return orchestrate(TASK, "--project", str(demo_run.project), "--documents", SMALL)


def test_a_second_run_knows_the_decision_of_the_first(demo_run: DemoRun, second_run: Any) -> None:
    assert second_run.code == 0, second_run.stderr
    runs = orchestrate("runs", "--project", str(demo_run.project), "--json").document["runs"]
    newest = json.loads((demo_run.project / "context/runs" / runs[0]["run_id"] / "output.json").read_text())
    assert [each["id"] for each in newest["recalled"]] == ["D-0001"]
    assert newest["decisions"] == [{"id": "D-0001", "action": "reaffirmed"}]


def test_the_text_for_people_says_what_is_known_and_what_is_not_and_what_comes_next(second_run: Any) -> None:
    for heading in ("Proven", "Measured", "Not checked"):
        assert heading in second_run.stdout
    assert second_run.stdout.strip().splitlines()[-1].startswith("Next: ")
    assert "\x1b[" not in second_run.stdout


def test_a_dry_run_starts_nothing(tmp_path: Path) -> None:
    finished = orchestrate(TASK, "--project", str(tmp_path), "--dry-run", "--json")
    assert finished.code == 0
    assert validate(finished.document, "plan") == []
    assert list(tmp_path.iterdir()) == []
