"""What the client reads: silence, a question or a refusal, the audit behind it, and no secret in any of them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.gate import answer, audit, grants, tighten
from orchestrator.gate.judgement import Judgement
from orchestrator.gate.place import Place
from orchestrator.gate.rule import ASK, DENY, Effect, Rule

ROOT = Path(__file__).parents[2]
COMMAND = "psql -c 'VACUUM FULL orders'"


def rule(name, decision, clause=""):
    return Rule(
        id=name,
        decision=decision,
        why="it has an effect",
        instead="do something else",
        source="https://www.postgresql.org/docs/",
        fires_on=(),
        silent_on=(),
        clause=clause,
    )


LOCKS = rule("takes-lock", ASK)
DROPS = rule("drops-table", DENY)


def event(command=COMMAND, **more):
    given = {"tool_name": "Bash", "tool_input": {"command": command}, "session_id": "s1", "permission_mode": "default"}
    return {**given, **more}


def found(*effects):
    judgement = Judgement()
    judgement.effects += [Effect(*each) for each in effects]
    return judgement


@pytest.fixture
def place(tmp_path, monkeypatch):
    for name in (
        b"CLAUDE_CODE_ENTRYPOINT",
        b"CLAUDE_CODE_SESSION_ATTENDED",
        b"CLAUDE_PID",
        b"CLAUDE_PLUGIN_OPTION_ASK",
    ):
        monkeypatch.delitem(tighten.posix.environ, name, raising=False)
    data = tmp_path / "data"
    data.mkdir()
    project = tmp_path / "project"
    project.mkdir()
    return Place(cwd=str(project), plugin=str(ROOT), data=str(data), home=str(tmp_path))


@pytest.fixture
def client(monkeypatch):
    """A process with the words of a client, and the variables that the client sets for its hooks."""
    started = []

    def start(entrypoint, attended, words):
        program = [sys.executable, "-c", "print(1, flush=True); input()", *words]
        process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdout.readline()
        started.append(process)
        for name, value in (("ENTRYPOINT", entrypoint), ("SESSION_ATTENDED", attended)):
            monkeypatch.setitem(tighten.posix.environ, b"CLAUDE_CODE_" + name.encode(), value.encode())
        monkeypatch.setitem(tighten.posix.environ, b"CLAUDE_PID", b"%d" % process.pid)

    yield start
    for process in started:
        process.communicate(b"\n")


def log(place):
    return [json.loads(line) for line in Path(place.data + audit.FILE).read_text().splitlines()]


def decision(reply):
    """What the client would do."""
    if reply.code == 2:
        return "deny"
    return json.loads(reply.stdout)["hookSpecificOutput"]["permissionDecision"] if reply.stdout else ""


def test_nothing_found_is_silence_and_writes_nothing(place):
    reply = answer.reply(event(), place, found())
    assert (reply.stdout, reply.stderr, reply.code) == ("", "", 0)
    assert not list(Path(place.data).iterdir())


def test_a_refusal_says_what_why_and_what_to_do_on_standard_error(place):
    reply = answer.reply(event(), place, found((DROPS, "DROP TABLE orders;")))
    assert (reply.stdout, reply.code) == ("", 2)
    code = log(place)[0]["code"]
    assert reply.stderr == (
        "drops-table: it has an effect. It was: DROP TABLE orders;. Instead: do something else. "
        "(https://www.postgresql.org/docs/)\n"
        "The call did not run: do not rephrase it or reach the same effect another way; a person can run it, or grant "
        f"exactly this call once with `orchestrate gate allow {code}` in their own terminal.\n"
    )


def test_a_question_is_one_json_object_on_standard_output(place):
    reply = answer.reply(event(), place, found((LOCKS, "VACUUM FULL orders – größer")))
    assert (reply.stderr, reply.code) == ("", 0)
    output = json.loads(reply.stdout)
    assert list(output) == ["hookSpecificOutput"]
    assert output["hookSpecificOutput"]["hookEventName"] == "PreToolUse"
    assert output["hookSpecificOutput"]["permissionDecision"] == "ask"
    assert "VACUUM FULL orders – größer" in output["hookSpecificOutput"]["permissionDecisionReason"]
    assert reply.stdout.isascii()
    assert reply.stdout.count("\n") == 1


def test_at_most_three_effects_are_told(place):
    reply = answer.reply(event(), place, found(*[(DROPS, f"DROP TABLE t{number}") for number in range(5)]))
    assert reply.stderr.count("It was: ") == 3
    assert "And 2 more effects of this kind." in reply.stderr


def test_a_refusal_does_not_tell_what_would_only_be_asked(place):
    reply = answer.reply(event(), place, found((LOCKS, "VACUUM FULL a"), (DROPS, "DROP TABLE b")))
    assert "VACUUM" not in reply.stderr


def test_a_detail_is_short_and_holds_nothing_that_steers_a_terminal(place):
    reply = answer.reply(event(), place, found((DROPS, "\x1b[2Jab\ncd\u202e" + "x" * 5000)))
    assert "?[2Jab cd?xxx" in reply.stderr
    assert len(reply.stderr) < 700


def test_where_nothing_is_known_of_a_statement_the_program_is_named(place):
    judgement = found()
    judgement.effects.append(Effect(LOCKS, "<unknown>", ("sudo", "psql")))
    assert "It was: the input of psql. Instead" in answer.reply(event(), place, judgement).stdout


@pytest.mark.parametrize("mode", ["bypassPermissions", "dontAsk"])
def test_a_question_becomes_a_refusal_where_the_mode_asks_nobody(place, mode):
    reply = answer.reply(event(permission_mode=mode), place, found((LOCKS, "x")))
    assert decision(reply) == "deny"
    assert f"This would be a question, but nobody can be asked in permission mode {mode}." in reply.stderr
    assert log(place)[0]["decision"] == "deny"


@pytest.mark.parametrize("mode", ["default", "acceptEdits", "plan", "auto", "", None, 5])
def test_in_other_modes_it_stays_a_question(place, mode):
    assert decision(answer.reply(event(permission_mode=mode), place, found((LOCKS, "x")))) == "ask"


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc: run the tests on Linux")
@pytest.mark.parametrize(
    ("entrypoint", "words", "expected"),
    [
        ("sdk-cli 0", ["-p", "go"], "deny"),
        ("sdk-cli 0", ["-p", "go", "--permission-prompt-tool", "mcp__a__b"], "ask"),
        ("sdk-cli 0", ["-p", "go", "--permission-prompt-tool=stdio"], "ask"),
        ("sdk-cli 1", [], "ask"),
        ("sdk-py 0", ["--permission-prompt-tool", "stdio"], "ask"),
        ("sdk-ts 0", [], "ask"),
        ("cli 1", [], "ask"),
        ("claude-vscode 0", [], "ask"),
    ],
)
def test_a_question_is_refused_in_a_headless_run_if_that_is_certain(place, client, entrypoint, words, expected):
    """The entrypoint and whether somebody attends, as the client tells them."""
    client(*entrypoint.split(), words)
    assert decision(answer.reply(event(), place, found((LOCKS, "x")))) == expected


def test_without_a_word_about_the_client_it_stays_a_question(place, monkeypatch):
    monkeypatch.setitem(tighten.posix.environ, b"CLAUDE_CODE_ENTRYPOINT", b"sdk-cli")
    monkeypatch.setitem(tighten.posix.environ, b"CLAUDE_CODE_SESSION_ATTENDED", b"0")
    monkeypatch.setitem(tighten.posix.environ, b"CLAUDE_PID", b"../self")
    assert decision(answer.reply(event(), place, found((LOCKS, "x")))) == "ask"


@pytest.mark.parametrize(("value", "expected"), [(b"deny", "deny"), (b"ask", "ask"), (b"", "ask"), (b"allow", "deny")])
def test_the_plugin_option_only_tightens(place, monkeypatch, value, expected):
    monkeypatch.setitem(tighten.posix.environ, b"CLAUDE_PLUGIN_OPTION_ASK", value)
    assert decision(answer.reply(event(), place, found((LOCKS, "x")))) == expected
    assert decision(answer.reply(event(), place, found((DROPS, "x")))) == "deny"
    assert decision(answer.reply(event(), place, found())) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[tool.orchestrate.gate]\nask = "deny"\n', "deny"),
        ('[tool.orchestrate.gate]\nask = "ask"\n', "ask"),
        ('[tool.orchestrate.gate]\ndeny = ["outside-agent-paths"]\n', "ask"),
        ('[tool.orchestrate.gate]\ndeny = ["unknown-agent-path"]\n', "deny"),
        ('[tool.orchestrate.gate]\ndeny = []\n', "ask"),
        ('[tool.orchestrate.gate]\n', "ask"),
        ('[tool.orchestrate]\nserver = "17"\n# gate\n', "ask"),
        ('[project]\nname = "orchestrate-gate"\n', "ask"),
        ("", "ask"),
        ('[tool.orchestrate.gate]\nask = "allow"\n', "deny"),
        ('[tool.orchestrate.gate]\nallow = ["x"]\n', "deny"),
        ('[tool.orchestrate.gate]\ndeny = ["no-such-rule"]\n', "deny"),
        ('[tool.orchestrate.gate]\ndeny = "unknown-agent-path"\n', "deny"),
        ('[tool.orchestrate.gate]\ndeny = [5]\n', "deny"),
        ('[tool.orchestrate]\ngate = "off"\n', "deny"),
        ('[tool.orchestrate.gate\n', "deny"),
        ('[[tool.orchestrate.gate]]\nask = "deny"\n', "deny"),
        ('tool = "orchestrate gate"\n', "deny"),
    ],
)  # fmt: skip
def test_the_project_can_only_tighten_and_nonsense_is_the_strictest(place, text, expected):
    Path(place.project, "pyproject.toml").write_text(text)
    assert decision(answer.reply(event(), place, found((rule("unknown-agent-path", ASK), "x")))) == expected


def test_a_project_file_that_cannot_be_read_is_the_strictest(place):
    Path(place.project, "pyproject.toml").mkdir()
    assert decision(answer.reply(event(), place, found((LOCKS, "x")))) == "deny"


def test_the_project_file_is_not_read_for_a_refusal_or_for_silence(place):
    os.mkfifo(Path(place.project, "pyproject.toml"))
    assert decision(answer.reply(event(), place, found())) == ""
    assert "pyproject" not in answer.reply(event(), place, found((DROPS, "x"))).stderr


@pytest.mark.parametrize(
    ("agent", "clause", "expected"),
    [
        ("pgwright:database-engineer", "dont-run-migrations", "deny"),
        ("pgwright:database-engineer", "dont-merge", "ask"),
        ("pgwright:database-engineer", "", "ask"),
        ("pgwright:code-quality-reviewer", "dont-drop", "ask"),
        ("pgwright:nobody", "", "deny"),
        ("other:database-engineer", "dont-drop", "ask"),
        ("database-engineer", "dont-drop", "ask"),
        ("", "dont-drop", "ask"),
    ],
)
def test_an_agent_is_refused_what_its_definition_says_it_never_does(place, agent, clause, expected):
    place.agent = agent
    assert decision(answer.reply(event(), place, found((rule("x", ASK, clause), "x")))) == expected


def test_the_audit_has_one_line_a_call_with_everything_but_secrets(place):
    place.agent = "pgwright:database-engineer"
    command = "PGPASSWORD=hunter22 psql postgres://app:hunter22@db/shop -c 'DROP TABLE t'"
    answer.reply(event(command), place, found((DROPS, "DROP TABLE t")))
    (row,) = log(place)
    assert row.pop("time")[10:11] == "T"
    assert len(row["fingerprint"]) == 64
    assert row == {
        "session": "s1",
        "agent": "pgwright:database-engineer",
        "tool": "Bash",
        "code": row["fingerprint"][:12],
        "decision": "deny",
        "rules": ["drops-table"],
        "details": ["DROP TABLE t"],
        "cwd": place.cwd,
        "command": "PGPASSWORD=*** psql postgres://app:***@db/shop -c 'DROP TABLE t'",
        "fingerprint": row["fingerprint"],
        "by": "",
    }


def test_the_audit_can_be_read_by_its_owner_only(place):
    answer.reply(event(), place, found((DROPS, "x")))
    assert stat.S_IMODE(Path(place.data + audit.FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(place.data, "gate").stat().st_mode) == 0o700


def test_the_content_of_a_written_file_is_not_recorded(place):
    given = {"file_path": "/shop/.env", "content": "private words"}
    answer.reply(event(tool_name="Write", tool_input=given), place, found((DROPS, "x")))
    assert log(place)[0]["command"] == "/shop/.env"
    assert "private" not in Path(place.data + audit.FILE).read_text()


def test_the_input_of_another_tool_is_recorded_as_json(place):
    answer.reply(
        event(tool_name="mcp__db__q", tool_input={"sql": "DROP TABLE t", "password": "hunter22"}),
        place,
        found((DROPS, "x")),
    )
    assert log(place)[0]["command"] == '{"sql": "DROP TABLE t", "password": ***}'


def test_a_failure_of_the_gate_itself_is_recorded(place):
    assert audit.failure(place, event(), "no room: password=hunter22")
    assert (log(place)[0]["decision"], log(place)[0]["details"]) == ("failure", ["no room: password=***"])


def test_the_log_is_rotated_once_it_is_full_and_loses_no_line(place, monkeypatch):
    monkeypatch.setattr(audit, "MAX_BYTES", 2000)
    for number in range(8):
        assert audit.failure(place, event(), f"number {number}")
    older = [json.loads(line) for line in Path(place.data + audit.FILE + ".1").read_text().splitlines()]
    assert [row["details"] for row in older + log(place)] == [[f"number {number}"] for number in range(8)]


@pytest.mark.parametrize("way", ["missing", "unset", "file", "link", "pipe"])
def test_where_the_audit_cannot_be_written_the_decision_stays_and_the_reason_says_so(place, tmp_path, way):
    folder = Path(place.data)
    if way == "missing":
        folder.rmdir()
    elif way == "unset":
        place.data = ""
    elif way == "file":
        (folder / "gate").write_text("")
    else:
        (folder / "gate").mkdir()
        log_file = folder / "gate" / "audit.jsonl"
        log_file.symlink_to(tmp_path / "elsewhere") if way == "link" else os.mkfifo(log_file)
    assert decision(answer.reply(event(), place, found((LOCKS, "x")))) == "ask"
    reply = answer.reply(event(), place, found((DROPS, "x")))
    assert reply.code == 2
    assert "The audit could not be written, so it cannot be granted." in reply.stderr
    assert "gate allow" not in reply.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_granted_call_is_silent_once_and_recorded(place):
    answer.reply(event(), place, found((DROPS, "x")))
    name = log(place)[0]["fingerprint"]
    folder = Path(place.data, "gate", "grants")
    folder.mkdir(mode=0o700)
    now = int(audit.time.time())
    (folder / name).write_text(grants.text(name, "ada", now, now + 60))
    (folder / name).chmod(0o600)
    assert answer.reply(event("psql -c 'DROP TABLE other'"), place, found((DROPS, "x"))).code == 2
    assert answer.reply(event(), place, found((DROPS, "x"))) is answer.SILENCE
    assert answer.reply(event(), place, found((DROPS, "x"))).code == 2
    assert [(row["decision"], row["by"]) for row in log(place)] == [
        ("deny", ""),
        ("deny", ""),
        ("used", "ada"),
        ("deny", ""),
    ]
