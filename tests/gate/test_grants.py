"""A grant lets exactly one call pass, once, until a time. Real files, real processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestrator.gate import grants

EVENT = {"tool_name": "Bash", "tool_input": {"command": "psql -c 'DROP TABLE t'"}}
NOW = time.time()


def fingerprint(event=EVENT, cwd="/shop", read=()):
    return grants.fingerprint(event, cwd, list(read))


def give(data: Path, name: str, *, given=NOW, expires=NOW + 600, content=None, mode=0o600) -> Path:
    folder = data / "gate" / "grants"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    path.write_text(content if content is not None else grants.text(name, "ada", given, expires))
    path.chmod(mode)
    return path


def test_the_fingerprint_is_the_same_for_the_same_call():
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 64


@pytest.mark.parametrize(
    "other",
    [
        {"event": {**EVENT, "tool_name": "mcp__db__query"}},
        {"event": {**EVENT, "tool_input": {"command": "psql -c 'DROP TABLE t '"}}},
        {"event": {**EVENT, "tool_input": {**EVENT["tool_input"], "dangerouslyDisableSandbox": True}}},
        {"cwd": "/shop2"},
        {"read": [("/shop/a.sql", "DROP TABLE t")]},
        {"read": [("/shop/a.sql", "DROP TABLE u")]},
        {"read": [("/shop/b.sql", "DROP TABLE t")]},
    ],
)
def test_another_tool_input_folder_or_file_is_another_call(other):
    assert fingerprint(**other) != fingerprint()


def test_a_changed_file_is_another_call():
    before, after = [("/shop/a.sql", "DROP TABLE t")], [("/shop/a.sql", "DROP TABLE t; DROP TABLE u")]
    assert fingerprint(read=before) != fingerprint(read=after)


def test_pieces_cannot_be_moved_from_one_part_to_the_next():
    assert fingerprint(read=[("/a", "bc")]) != fingerprint(read=[("/ab", "c")])
    one = {"tool_name": "x", "tool_input": {"a": ["b", "c"]}}
    other = {"tool_name": "x", "tool_input": {"a": ["b"], "c": []}}
    assert fingerprint(one) != fingerprint(other)


def test_the_remark_that_a_model_writes_beside_a_command_is_not_part_of_the_call():
    remark = {**EVENT, "tool_input": {**EVENT["tool_input"], "description": "drop it", "timeout": 5000}}
    assert fingerprint(remark) == fingerprint()
    described = {"tool_name": "mcp__db__query", "tool_input": {"description": "a"}}
    assert fingerprint(described) != fingerprint({"tool_name": "mcp__db__query", "tool_input": {"description": "b"}})


@pytest.mark.parametrize("value", [None, "\ud800", {"a": [1, 2.5, True, None, {"b": []}]}, [[[]]] * 50])
def test_any_input_has_a_fingerprint(value):
    assert len(fingerprint({"tool_name": value, "tool_input": value})) == 64


def test_an_input_of_any_depth_has_a_fingerprint():
    deep: object = "x"
    for _ in range(20_000):
        deep = [deep]
    assert len(fingerprint({"tool_name": "x", "tool_input": {"a": deep}})) == 64


def test_a_grant_is_used_once(tmp_path):
    name = fingerprint()
    path = give(tmp_path, name)
    assert grants.spend(str(tmp_path), name) == "ada"
    assert not path.exists()
    assert [each.name.partition(".")[0] for each in (tmp_path / "gate" / "spent").iterdir()] == [name]
    assert grants.spend(str(tmp_path), name) == ""


def test_a_second_grant_of_the_same_call_works_again(tmp_path):
    for _ in range(2):
        give(tmp_path, fingerprint())
        assert grants.spend(str(tmp_path), fingerprint()) == "ada"


@pytest.mark.parametrize(
    "grant",
    [
        {"expires": NOW - 1},
        {"given": NOW + 3600, "expires": NOW + 7200},
        {"expires": NOW + 30 * 24 * 3600},
        {"mode": 0o620},
        {"mode": 0o602},
        {"content": ""},
        {"content": "yes"},
        {"content": f"call {'0' * 64}\ngranted {NOW:.0f}\nexpires {NOW + 600:.0f}\nby ada\n"},
        {"content": f"granted {NOW:.0f}\nexpires {NOW + 600:.0f}\nby ada\n"},
        {"content": "\0" * 100},
        {"content": "call x\ngranted 1\nexpires ٣\nby ada\n"},
        {"content": "call x\n" * 10_000},
    ],
)
def test_a_grant_that_is_expired_malformed_or_open_to_others_does_not_count(tmp_path, grant):
    path = give(tmp_path, fingerprint(), **grant)
    assert grants.spend(str(tmp_path), fingerprint()) == ""
    assert path.exists()


def test_a_grant_in_a_folder_that_others_may_write_does_not_count(tmp_path):
    give(tmp_path, fingerprint()).parent.chmod(0o777)
    assert grants.spend(str(tmp_path), fingerprint()) == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else; run the tests as root")
def test_a_grant_of_another_user_does_not_count(tmp_path):
    os.chown(give(tmp_path, fingerprint()), 12345, 12345)
    assert grants.spend(str(tmp_path), fingerprint()) == ""


def test_a_link_or_a_pipe_is_no_grant(tmp_path):
    elsewhere = give(tmp_path / "other", fingerprint())
    folder = tmp_path / "gate" / "grants"
    folder.mkdir(parents=True)
    (folder / fingerprint()).symlink_to(elsewhere)
    assert grants.spend(str(tmp_path), fingerprint()) == ""
    (folder / fingerprint()).unlink()
    os.mkfifo(folder / fingerprint())
    assert grants.spend(str(tmp_path), fingerprint()) == ""


@pytest.mark.parametrize("data", ["", "/nowhere/at/all", "/dev/null", "\0"])
def test_without_a_data_folder_there_is_no_grant(data):
    assert grants.spend(data, fingerprint()) == ""


def test_where_a_used_grant_cannot_be_put_away_it_does_not_count(tmp_path):
    path = give(tmp_path, fingerprint())
    (tmp_path / "gate" / "spent").write_text("a file is in the way")
    assert grants.spend(str(tmp_path), fingerprint()) == ""
    assert path.exists()


SPEND = """
import sys, time
sys.path.insert(0, sys.argv[1])
from orchestrator.gate import grants
while time.time() < float(sys.argv[4]):
    pass
print(grants.spend(sys.argv[2], sys.argv[3]))
"""


def test_of_many_processes_that_want_one_grant_exactly_one_gets_it(tmp_path):
    name = fingerprint()
    give(tmp_path, name)
    root = str(Path(grants.__file__).parents[2])
    words = [sys.executable, "-I", "-S", "-c", SPEND, root, str(tmp_path), name, str(time.time() + 0.8)]
    racing = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    assert sorted(each.communicate(timeout=30)[0].strip() for each in racing) == [""] * 7 + ["ada"]
