"""A live run from its command to its document, with the real client, plugin and hooks."""

from __future__ import annotations

import json
import stat

import pytest

from orchestrator.plugin import paths
from orchestrator.plugin.validation import validate
from tests.live.conftest import (
    ANSWER,
    ENGINEER,
    KEY,
    MIGRATION,
    REVIEW,
    REVIEWER,
    REVISION,
    TASK,
    WITH_MIGRATION,
    agent_lane,
    answer,
    call,
    clean_environment,
    events,
    main_lane,
    new_project,
    one_agent,
    orchestrate,
    playing,
    run_folder,
    use,
    words,
)


@pytest.fixture(scope="module")
def plain(client, tmp_path_factory):
    """One run whose agent answers at once."""
    folder = tmp_path_factory.mktemp("plain")
    with playing(one_agent(), project=new_project(folder), env=clean_environment(folder)) as live:
        finished = live.run("--max-turns", "7", "--max-usd", "0.5")
    assert finished.code == 0, finished.stderr
    return finished


def test_the_answer_of_the_agent_becomes_the_output_of_the_run(plain):
    finished = plain
    assert validate(finished.document, "run-live") == []
    assert finished.document["output"] == ANSWER
    assert finished.document["output_from"].startswith("agent-")
    assert [each["name"] for each in finished.document["agents"]] == ["database-engineer"]
    assert finished.document["cost_usd"] > 0
    completed = [each for each in finished.state()["tasks_completed"] if each["run_id"] == finished.run_id]
    assert [each["task"] for each in completed] == [TASK]


def test_limits_and_the_agent_are_said_before_the_first_call_of_a_model(plain):
    said = plain.stderr.splitlines()
    limits = next(number for number, line in enumerate(said) if "at most 7 turns" in line and "$0.5" in line)
    begun = next(number for number, line in enumerate(said) if line.startswith("database-engineer begins"))
    assert said[0].startswith("database-engineer ")
    assert limits < begun


def with_a_migration(project):
    """The engineer writes a migration, the reviewer approves it."""
    write = use("Write", file_path=str(project / MIGRATION), content=REVISION)
    return [
        main_lane(call("database-engineer"), call("code-quality-reviewer"), use("StructuredOutput", **WITH_MIGRATION)),
        agent_lane(write, answer(WITH_MIGRATION)),
        agent_lane(answer(REVIEW), system=REVIEWER),
    ]


@pytest.fixture(scope="module")
def reviewed(client, tmp_path_factory):
    """One run with a migration and its review, and what the model was asked."""
    folder = tmp_path_factory.mktemp("reviewed")
    project = new_project(folder)
    with playing(with_a_migration(project), project=project, env=clean_environment(folder)) as live:
        finished = live.run()
    assert finished.code == 0, finished.stderr
    return finished, live.api


def test_a_migration_goes_to_the_reviewer_and_its_verdict_comes_back(reviewed):
    document = reviewed[0].document
    assert validate(document, "run-live") == []
    assert document["review"] == REVIEW
    handed = [(each["from"], each["to"], each["verdict"]) for each in document["handoffs"]]
    assert handed == [("database-engineer", "code-quality-reviewer", "approved")]
    assert document["handoffs"][0]["payload"]["migration"] == MIGRATION
    assert {"kind": "migration", "path": MIGRATION} in document["artifacts"]
    assert REVIEW["not_checked"][0] in document["not_checked"]


def test_files_of_the_project_are_written_without_a_question(reviewed):
    finished = reviewed[0]
    assert (finished.project / MIGRATION).read_text() == REVISION
    assert finished.document["permission_denials"] == []
    assert finished.document["budget"]["used"] == 1


def test_all_artifacts_exist(reviewed):
    finished = reviewed[0]
    assert [each for each in finished.document["artifacts"] if not (finished.project / each["path"]).exists()] == []


def test_the_main_thread_has_no_tools_but_the_call_of_an_agent_and_the_answer(reviewed):
    _, api = reviewed
    assert {tuple(request.tools) for request in api.of()} == {("Agent", "StructuredOutput")}
    assert "Bash" in api.of(subagent=True, system=ENGINEER)[0].tools


def test_a_review_that_asks_for_changes_is_a_finding(play, project):
    lanes = with_a_migration(project)
    refused = REVIEW | {"verdict": "changes-requested"}
    with play([*lanes[:2], agent_lane(answer(refused), system=REVIEWER)]) as live:
        finished = live.run()
    assert finished.code == 1
    assert "review: changes requested" in finished.document["headline"]


def test_a_migration_that_nobody_reviewed_is_not_called_done(play, project):
    write = use("Write", file_path=str(project / MIGRATION), content=REVISION)
    with play(one_agent(WITH_MIGRATION, write)) as live:
        finished = live.run()
    assert finished.code == 1
    assert any("code-quality-reviewer has not answered" in each for each in finished.document["not_checked"])


def test_what_the_agent_left_is_the_truth_and_a_different_answer_is_noted(play):
    told = ANSWER | {"recommendations": ["All is well."]}
    lanes = [main_lane(call("database-engineer"), use("StructuredOutput", **told)), agent_lane(answer(ANSWER))]
    with play(lanes) as live:
        finished = live.run()
    assert finished.document["output"] == ANSWER
    assert any("differs" in each for each in finished.document["not_checked"])


def test_the_agent_gets_the_task_word_for_word(play):
    paraphrase = use("Agent", subagent_type="pgwright:database-engineer", description="x", prompt="look at orders")
    lanes = [
        main_lane(paraphrase, call("database-engineer"), use("StructuredOutput", **ANSWER)),
        agent_lane(answer(ANSWER)),
    ]
    with play(lanes) as live:
        finished = live.run()
    assert finished.code == 0, finished.stderr
    assert "word for word" in live.api.results()[0]
    first = live.api.of(subagent=True)[0]
    assert TASK in first.context
    assert "Skills that bear on it: performance-optimization" in first.context


def test_no_other_agent_can_be_called(play):
    other = use("Agent", subagent_type="general-purpose", description="x", prompt=TASK)
    lanes = [
        main_lane(other, call("database-engineer"), use("StructuredOutput", **ANSWER)),
        agent_lane(answer(ANSWER)),
    ]
    with play(lanes) as live:
        assert live.run().code == 0
    assert "not found" in live.api.results()[0]


def test_every_message_is_in_the_journal_and_no_secret_is(play, project):
    command = "PGPASSWORD=hunter2secret psql -c 'SELECT 1'"
    with play(one_agent(ANSWER, use("Bash", command=command, description=KEY))) as live:
        finished = live.run()
    journal = (run_folder(project) / "events.jsonl").read_text()
    kinds = {each["kind"] for each in events(project) if each["event"] == "session"}
    assert {"Begin", "SystemMessage", "AssistantMessage", "TaskStartedMessage", "ResultMessage"} <= kinds
    assert "hunter2secret" not in journal + finished.stdout + finished.stderr
    assert KEY not in journal


@pytest.mark.pg
def test_a_dsn_reaches_the_tools_and_never_a_prompt(play, project, database):
    dsn = f"{database} password=hunter2secret"
    look = use("mcp__plugin_pgwright_pgwright__execute_sql", sql="SELECT 6 * 7 AS answer")
    with play(one_agent(ANSWER, look)) as live:
        finished = live.run("--dsn", dsn)
        assert "42" in live.api.results(subagent=True)[0]
    assert finished.code == 0, finished.stderr
    sent = json.dumps([request.body for request in live.api.requests])
    assert "hunter2secret" not in sent + finished.stdout + finished.stderr
    assert finished.document["target"]["kind"] == "dsn"
    stored = [path for path in run_folder(project).glob("*") if path.is_file()]
    assert [path.name for path in stored if b"hunter2secret" in path.read_bytes()] == []


def test_our_tools_and_commands_need_no_question(play):
    recall = use("mcp__plugin_pgwright_pgwright__recall", query="orders")
    typed = use("Bash", command="orchestrate recall orders", description="x")
    with play(one_agent(ANSWER, recall, typed)) as live:
        finished = live.run()
        by_tool, by_command = live.api.results(subagent=True)
    assert '"schema":"recall"' in by_tool
    assert "no decision" in by_command
    assert finished.document["permission_denials"] == []
    assert finished.document["budget"]["used"] == 2


def test_the_client_keeps_its_files_in_the_run_for_the_owner_only(plain):
    project = plain.project
    private = run_folder(project) / "client"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert list(private.glob("config/projects/*/*.jsonl"))
    assert (private / ".gitignore").read_text() == "*\n"
    assert [path for path in (project.parent / "home").iterdir() if path.name.startswith(".claude")] == []


def test_progress_names_agents_tools_and_what_was_held(play, project):
    dangerous = use("Bash", command="psql shop -c 'DROP TABLE orders'", description="x")
    with play(one_agent(ANSWER, use("Bash", command="ls", description="x"), dangerous)) as live:
        finished = live.run()
    assert "database-engineer begins" in finished.stderr
    assert "  database-engineer: Bash" in finished.stderr
    assert "held: Bash: drop-table" in finished.stderr
    assert [(each["tool"], each["by"]) for each in finished.document["permission_denials"]] == [("Bash", "rule")]
    assert finished.document["permission_denials"][0]["why"].startswith("drop-table")


def test_the_text_for_people_says_who_worked_what_it_cost_and_what_comes_next(play, project):
    with play(with_a_migration(project)) as live:
        given = [each for each in words(project) if each != "--json"]
        finished = orchestrate(given, live.env, project=project)
    assert finished.code == 0, finished.stderr
    assert finished.stdout.splitlines()[0] == "database-engineer: 1 migration; review: approved."
    for heading in ("Agents", "Review", "Proven", "Measured", "Not checked"):
        assert heading in finished.stdout
    assert "Cost         $0.00" in finished.stdout
    assert finished.stdout.strip().splitlines()[-1] == f"Next: read {MIGRATION}, then alembic upgrade head"


def test_runs_lists_a_live_run_and_the_agent_that_it_started(plain, env):
    given = ["runs", "--project", str(plain.project), "--json"]
    agent, run = orchestrate(given, env, project=plain.project).document["runs"]
    assert (run["status"], run["headline"]) == ("done", plain.document["headline"])
    assert (agent["run_id"], agent["status"]) == (plain.document["agents"][0]["run_id"], "done")


def test_models_go_from_the_architect_to_the_database_engineer(play):
    design = paths.schema("design-output")["examples"][0]
    lanes = [
        main_lane(call("backend-system-architect"), call("database-engineer"), use("StructuredOutput", **design)),
        agent_lane(answer(design), system="You design the backend"),
        agent_lane(answer(ANSWER)),
    ]
    with play(lanes) as live:
        finished = live.run(task="write SQLAlchemy models for customers and orders")
    assert finished.code == 0, finished.stderr
    assert validate(finished.document, "run-live") == []
    assert finished.document["output"] == design
    assert [(each["to"], each["verdict"]) for each in finished.document["handoffs"]] == [("database-engineer", "taken")]


def test_auto_is_live_where_no_playbook_exists_and_a_key_is_there(play, project):
    task = "review alembic/versions/0007_orders.py before we merge"
    lanes = [
        main_lane(call("code-quality-reviewer"), use("StructuredOutput", **REVIEW)),
        agent_lane(answer(REVIEW), system=REVIEWER),
    ]
    with play(lanes) as live:
        finished = live.run("--engine", "auto", task=task)
    assert finished.code == 0, finished.stderr
    assert finished.document["engine"] == "live"
    assert finished.document["output"] == REVIEW


def test_a_dry_run_says_what_would_happen_and_starts_nothing(project, env):
    finished = orchestrate(words(project, "--dry-run"), env, project=project)
    assert finished.code == 0
    assert validate(finished.document, "plan-live") == []
    assert [each["name"] for each in finished.document["agents"]] == ["database-engineer", "code-quality-reviewer"]
    assert TASK in finished.document["prompt"]
    assert list(project.iterdir()) == []
