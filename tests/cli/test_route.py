from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys

import pytest

from orchestrator.cli import main
from orchestrator.plugin.validation import validate
from orchestrator.router import lexicon, words


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A folder without examples of its own, and a kept lexicon of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ORCHESTRATE_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def rules_alone(monkeypatch, tmp_path):
    """No weights of single words: what the rules say by themselves."""
    monkeypatch.setattr(words, "FILE", tmp_path / "no-words.tsv")
    lexicon.load.cache_clear()
    yield
    lexicon.load.cache_clear()


@pytest.fixture
def orchestrate(capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


def test_a_task_is_answered_with_its_agent_and_skills(orchestrate):
    code, out, err = orchestrate("route", "optimize hybrid search")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith("database-engineer: pgvector-search")


def test_a_skill_that_is_there_is_named_without_a_remark(orchestrate):
    _, out, _ = orchestrate("route", "sorry, too many clients already")
    assert out.splitlines()[0].split(", ")[0] == "database-engineer: connection-pooling"


@pytest.mark.parametrize(
    "task",
    [
        "optimize hybrid search",
        "plant a tree",
        "",
        "put the index cards next to the database index",
        "add a reviews table and then build the endpoint",
        "ERROR: deadlock detected \u2028 größere Tabelle 查询很慢 \x00 ''' {{}}",
    ],
)
def test_every_json_answer_satisfies_its_schema(orchestrate, task):
    _, out, _ = orchestrate("route", task, "--json")
    answer = json.loads(out)
    assert validate(answer, "route") == []
    assert answer["task"] == task


def test_a_task_for_nobody_ends_with_3_and_one_question(orchestrate):
    code, out, err = orchestrate("route", "plant a tree")
    assert (code, out) == (3, "")
    assert 'error: no agent fits "plant a tree"' in err
    assert "database-engineer (0)" in err
    assert err.count("?") == 1


def test_a_task_for_nobody_still_prints_json_alone_on_standard_output(orchestrate):
    code, out, err = orchestrate("route", "plant a tree", "--json")
    answer = json.loads(out)
    assert code == 3
    assert answer["agent"] == "none"
    assert len(answer["nearest"]) == 3
    assert answer["question"] in err


@pytest.fixture
def stream(orchestrate, monkeypatch):
    """`route -` with these bytes as standard input: exit code, then the lines of the answer."""

    def run(content, *words):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        code, out, _ = orchestrate("route", "-", *words)
        return code, out.splitlines()

    return run


def test_lines_from_standard_input_give_one_object_each(stream):
    code, lines = stream(b"slow query\nplant a tree\n\nreview my branch\n", "--json")
    assert code == 0
    assert [json.loads(line)["agent"] for line in lines] == [
        "database-engineer",
        "none",
        "none",
        "code-quality-reviewer",
    ]


@pytest.mark.parametrize(
    ("content", "tasks"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"slow query", ["slow query"]),
        (b"slow query\r\nslow page\r\n", ["slow query", "slow page"]),
        (b"\xef\xbb\xbfslow query\n", ["slow query"]),
        (b"\xff\xfe slow\n\xc3\n", ["\ufffd\ufffd slow", "\ufffd"]),
        (b"a\x00b\x1b[31m\n", ["a\x00b\x1b[31m"]),
        ("a\u2028b\u2029c\x85d\x0be\n".encode(), ["a\u2028b\u2029c\x85d\x0be"]),
        ("💥💥\n".encode(), ["💥💥"]),
    ],
)
def test_every_line_has_one_answer_whatever_is_in_it(stream, content, tasks):
    code, lines = stream(content, "--json")
    answers = [json.loads(line) for line in lines]
    assert code == 0
    assert [answer["task"] for answer in answers] == tasks
    assert all(validate(answer, "route") == [] for answer in answers)


def test_of_an_endless_line_the_first_million_bytes_are_read(stream):
    _, lines = stream(b"slow query " * 300_000 + b"\nreview my branch\n", "--json")
    answers = [json.loads(line) for line in lines]
    assert [answer["agent"] for answer in answers] == ["database-engineer", "code-quality-reviewer"]
    assert len(answers[0]["task"]) == 1_000_000


def start(*words):
    argv = [sys.executable, "-m", "orchestrator", "route", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=pipe)


def test_an_answer_is_there_before_the_next_line():
    with start("-") as process:
        for task in (b"slow query\n", b"review my branch\n"):
            process.stdin.write(task)
            process.stdin.flush()
            assert process.stdout.readline()
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_that_leaves_ends_the_stream_quietly():
    with start("-") as process:
        process.stdin.write(b"slow query\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        _, err = process.communicate(b"slow query\n" * 20_000)
        assert (process.returncode, err) == (0, b"")


def test_an_interrupt_ends_the_stream_quietly():
    import signal

    with start("-") as process:
        process.stdin.write(b"slow query\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert b"Traceback" not in process.stderr.read()


def test_text_goes_to_a_terminal_that_is_not_utf8():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    argv = [sys.executable, "-m", "orchestrator", "route", "größere Tabelle, langsame Abfrage", "--explain"]
    done = subprocess.run(argv, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"database-engineer" in done.stdout
    json_ = subprocess.run([*argv[:-1], "--json"], capture_output=True, env=environment, check=False)
    assert json.loads(json_.stdout)["task"] == "größere Tabelle, langsame Abfrage"


def test_an_argument_that_is_not_utf8_is_a_task_all_the_same():
    argv = [sys.executable.encode(), b"-m", b"orchestrator", b"route", b"slow query \xff\xfe", b"--json"]
    done = subprocess.run(argv, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["task"] == "slow query \ufffd\ufffd"


def test_a_task_of_nobody_is_shown_short_and_without_what_would_move_the_cursor(orchestrate):
    _, _, err = orchestrate("route", f"plant\x1b[2J a\ntree {'x' * 5_000}")
    assert 'no agent fits "plant␛[2J a ⏎ tree xxx' in err
    assert len(err) < 1_500


def test_explain_marks_the_words_that_decided_and_names_those_that_do_not_count(orchestrate):
    _, out, _ = orchestrate("route", "the slow query that reads our index cards", "--explain")
    assert "the [slow query] that reads our index cards" in out
    assert "[index] does not count: another kind of index" in out


@pytest.mark.parametrize(
    ("environment", "marked"),
    [
        ({"FORCE_COLOR": "1"}, "\x1b[32m\x1b[1mslow query\x1b[0m"),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "[slow query]"),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "[slow query]"),
        ({}, "[slow query]"),
    ],
)
def test_the_marks_are_colours_where_there_are_any_and_brackets_elsewhere(
    orchestrate, monkeypatch, environment, marked
):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _, out, _ = orchestrate("route", "the slow query of the report", "--explain")
    assert f"  the {marked} of the report" in out.splitlines()


def test_explain_says_why_a_skill_came_first_and_who_came_next(rules_alone, orchestrate):
    _, out, _ = orchestrate("route", "slow query behind the api with pgvector", "--explain")
    assert "  skill pgvector-search 5: [pgvector] 5; next performance-optimization 4" in out
    assert "  runner-up: backend-system-architect with 3" in out


def test_explain_says_what_single_words_gave_a_skill_beside_the_phrases(orchestrate):
    _, out, _ = orchestrate("route", "sorry, too many clients already", "--explain")
    (line,) = [line for line in out.splitlines() if line.startswith("  skill connection-pooling ")]
    assert re.search(r"\] \d[.\d]* \+ words \d", line)
    assert "as labelled" not in line


def test_explain_says_as_labelled_only_where_a_label_chose_the_skill(orchestrate):
    orchestrate("feedback", "zub wix", "--agent", "database-engineer", "--skill", "recall")
    _, out, _ = orchestrate("route", "zub wix", "--explain")
    assert "  skill recall 0: as labelled" in out


def test_explain_shows_the_parts_of_a_compound_task(orchestrate):
    _, out, _ = orchestrate("route", "add an index on orders, then review the branch", "--explain")
    assert "  then code-quality-reviewer: review the branch" in out
    assert "order: first of the parts" in out


def test_explain_shows_the_marked_words_of_a_long_task(rules_alone, orchestrate):
    _, out, _ = orchestrate("route", f"{'word ' * 3_000}slow query {'word ' * 3_000}", "--explain")
    assert "word [slow query] word" in out
    assert len(out) < 3_000


def test_agents_of_a_folder_are_chosen_among_and_broken_files_are_named(orchestrate, tmp_path):
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "baker.md").write_text("---\nname: baker\ndescription: Bakes sourdough bread.\n---\n")
    (tmp_path / "team" / "broken.md").write_bytes(b"---\nname: a\x00\n---\n")
    code, out, err = orchestrate("route", "sourdough bread", "--agents", "team")
    assert (code, out) == (0, "baker\n")
    assert err.startswith("warning: skipped ")
    assert "broken.md" in err


def test_a_folder_without_agents_is_refused(orchestrate, tmp_path):
    (tmp_path / "team").mkdir()
    code, _, err = orchestrate("route", "sourdough", "--agents", "team")
    assert code == 2
    assert "no agent file below team" in err


def test_a_task_is_needed(orchestrate):
    code, _, err = orchestrate("route")
    assert code == 2
    assert "TASK" in err


def test_a_project_that_cannot_be_read_is_no_fault_of_the_task(orchestrate, tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool")
    assert orchestrate("route", "slow query")[0] == 0


def test_an_alembic_project_leans_the_answer(rules_alone, orchestrate, tmp_path):
    without = json.loads(orchestrate("route", "which constraint fits", "--json")[1])
    (tmp_path / "alembic.ini").write_text("[alembic]\n")
    leaning = json.loads(orchestrate("route", "which constraint fits", "--json", "--project", str(tmp_path))[1])
    nobody = json.loads(orchestrate("route", "plant a tree", "--json", "--project", str(tmp_path))[1])
    assert without["agent"] == nobody["agent"] == "none"
    assert leaning["agent"] == "database-engineer"


def test_help_starts_with_an_example(orchestrate):
    code, out, _ = orchestrate("route", "--help")
    assert code == 0
    assert 'orchestrate route "the orders page' in out
