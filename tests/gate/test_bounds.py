"""Files that name each other without end, and values that double: held, in bounded time and memory."""

from __future__ import annotations

import pytest

from orchestrator.gate import judge
from orchestrator.gate.place import Place


@pytest.fixture
def judged(tmp_path):
    def find(command, **files):
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        event = {"tool_name": "Bash", "tool_input": {"command": command}}
        return judge.judge(event, Place(cwd=str(tmp_path)))

    return find


@pytest.fixture
def decision(judged):
    return lambda command, **files: judged(command, **files).decision


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("psql shop -f again", "\\i again"),
        ("sqlite3 shop.db '.read again'", ".read again"),
        ("mysql shop < again", "source again"),
        ("bash again", "bash again"),
        ("make -f again", "all:\n\t$(MAKE) -f again"),
    ],
)
def test_a_file_that_includes_itself_many_times_is_followed_a_bounded_number_of_times(judged, command, line):
    found = judged(command, again="\n".join([line] * 25) + "\n")
    # Followed eight levels deep without a bound on the whole, these would be 25 to the power of eight.
    assert len(found.effects) + len(found.steps) < 1000
    assert len(found.read) == 1


def test_what_stands_behind_endless_includes_is_found(decision):
    assert decision("psql shop -f again", again="\\i again\n" * 25 + "DROP TABLE orders;\n") == "deny"


@pytest.mark.parametrize("end", [":a", "select :a", "\\echo :a"])
def test_a_variable_of_psql_that_doubles_is_bounded(decision, end):
    script = "\\set a 'select 1; '\n" + "\\set a :a:a\n" * 60 + end + ";\n"
    assert decision("psql shop -f script", script=script) in ("", "ask")


def test_a_variable_of_the_shell_that_doubles_is_unknown_in_the_end(decision):
    assert decision("x='select 1;'; " + "x=$x$x; " * 60 + 'psql shop -c "$x"') == "ask"
