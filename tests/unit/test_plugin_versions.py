"""A version's text never changes: the lock holds it, and git has the earlier ones."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from orchestrator.cli import main
from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.plugin import check, definitions, history, paths, versions
from orchestrator.plugin.sample import MANIFEST, contract
from orchestrator.plugin.validation import validate

OUTPUT = "  output_schema: schemas/review-output.schema.json\n"


@pytest.fixture
def orchestrate(capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(["agents", *map(str, words)])
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def plugin(tmp_path):
    """A plugin with one agent, in git."""
    for name, text in (MANIFEST | {"agents/example.md": contract()}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(tmp_path, "init", "-q")
    return tmp_path


def git(folder, *words):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Change it")


def rewrite(plugin, text):
    (plugin / "agents" / "example.md").write_text(text)


def codes(plugin):
    return {each.code for each in check.check(paths.root(), [plugin]).problems if each.severity != "note"}


@pytest.mark.parametrize("written", [b"\xef\xbb\xbfa\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\r\nb\r\n"])
def test_line_ends_and_a_byte_order_mark_do_not_change_the_hash(written):
    assert definitions.digest(written) == definitions.digest(b"a\nb\n")


@pytest.mark.parametrize("written", [b"a\nb", b"a\nb \n", b"a\n\nb\n", b"A\nb\n"])
def test_anything_else_changes_the_hash(written):
    assert definitions.digest(written) != definitions.digest(b"a\nb\n")


@pytest.mark.parametrize("lower", ["1.2.3", "1.10.0-rc.1", "1.10.0-alpha", "1.9.9", "0.99.0"])
def test_versions_are_ordered_by_their_numbers(lower):
    assert versions.is_before(lower, "1.10.0")
    assert not versions.is_before("1.10.0", lower)


def test_versions_before_a_release_are_ordered_as_semver_says():
    rising = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
    ]
    assert sorted(sorted(rising, key=len), key=versions.order) == rising


def test_the_shipped_definitions_are_all_locked():
    for kind, found in (("agent", definitions.read_agents()), ("skill", definitions.read_skills())):
        lock = versions.lock(paths.root(), kind)
        assert {versions.name_in_lock(each): each.version for each in found} == {
            name: entries[-1].version for name, entries in lock.versions.items()
        }
        assert versions.updated(lock, found).added == versions.updated(lock, found).refused == ()
        assert validate(json.loads(lock.path.read_text()), "versions") == []


def test_a_lock_takes_new_versions_and_says_so(plugin, orchestrate):
    assert orchestrate("lock", plugin)[:2] == (0, f"locked example 1.0.0  sha256 {digest(plugin)[:12]}\n")
    assert orchestrate("lock", plugin) == (0, "", "every version is locked already\n")
    rewrite(plugin, contract(body="Another text.\n").replace("1.0.0", "1.0.1"))
    code, out, _ = orchestrate("lock", plugin, "--json")
    assert validate(json.loads(out), "agents-lock") == []
    assert (code, [entry["version"] for entry in json.loads(out)["added"]]) == (0, ["1.0.1"])
    held = versions.lock(plugin, "agent").of("example")
    assert [entry.version for entry in held] == ["1.0.0", "1.0.1"]
    assert codes(plugin) == set()


def digest(plugin):
    return definitions.digest((plugin / "agents" / "example.md").read_bytes())


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        (contract(OUTPUT, "Another text.\n"), "patch version is due: 1.0.1"),
        (contract(OUTPUT, header="tools: [Read, Grep]\nmodel: opus\n"), "minor version is due: 1.1.0"),
        (contract(OUTPUT, header="tools: [Read]\nmodel: opus\n"), "major version is due: 2.0.0"),
        (contract("", header="tools: [Read, Grep]\n"), "major version is due: 2.0.0"),
        (contract("  output_schema: schemas/other.schema.json\n", header="tools: [Read, Grep]\n"), "major"),
    ],
    ids=["text", "header", "tool-gone", "output-gone", "output-another"],
)
def test_a_changed_text_is_refused_and_the_due_version_named(plugin, orchestrate, changed, due):
    header = "" if "patch" in due else "tools: [Read, Grep]\n"
    rewrite(plugin, contract(OUTPUT, header=header))
    orchestrate("lock", plugin)
    commit(plugin)
    before = (plugin / "agents" / "versions.json").read_bytes()
    rewrite(plugin, changed)
    assert "unversioned-change" in codes(plugin)
    code, out, _ = orchestrate("lock", plugin)
    assert code == 1
    assert "refused example 1.0.0: 1.0.0 is locked with sha256" in out
    assert due in out
    assert (plugin / "agents" / "versions.json").read_bytes() == before


def test_without_history_the_refusal_says_how_versions_are_chosen(plugin, orchestrate):
    orchestrate("lock", plugin)
    rewrite(plugin, contract(body="Another text.\n"))
    assert "the last number for wording" in orchestrate("lock", plugin)[1]


def test_a_version_that_goes_back_is_refused_even_with_its_old_text(plugin, orchestrate):
    orchestrate("lock", plugin)
    rewrite(plugin, contract(body="Another text.\n").replace("1.0.0", "1.1.0"))
    orchestrate("lock", plugin)
    rewrite(plugin, contract())
    assert codes(plugin) == {"version-went-back"}
    assert orchestrate("lock", plugin)[0] == 1


def test_loading_refuses_a_changed_text(plugin):
    shutil.copytree(paths.root() / "agents", plugin / "copy" / "agents")
    for folder in ("skills", "bin", "hooks", "schemas", ".claude-plugin"):
        shutil.copytree(paths.root() / folder, plugin / "copy" / folder)
    shutil.copy(paths.root() / ".mcp.json", plugin / "copy")
    definitions.load_agents(plugin / "copy")
    path = plugin / "copy" / "agents" / "database-engineer.md"
    path.write_text(path.read_text() + "One more word.\n")
    with pytest.raises(definitions.DefinitionError, match="unversioned-change"):
        definitions.load_agents(plugin / "copy")


def test_a_lock_that_is_no_lock_is_a_usage_error(plugin, orchestrate):
    (plugin / "agents" / "versions.json").write_text('{"schema": "versions", "definitions": {"example": []}}')
    with pytest.raises(UsageError, match=r"versions\.json: definitions/example"):
        versions.lock(plugin, "agent")
    (plugin / "agents" / "versions.json").write_text("{")
    assert orchestrate("lock", plugin)[0] == 2


def test_an_earlier_version_is_shown_from_history_by_its_hash(plugin, orchestrate):
    path = plugin / "agents" / "example.md"
    orchestrate("lock", plugin)
    commit(plugin)
    rewrite(plugin, contract("  hands_off_to: []\n", "Newer.\n").replace("1.0.0", "1.1.0"))
    orchestrate("lock", plugin)
    commit(plugin)
    assert orchestrate("show", f"{path}@1.0.0", "--source")[:2] == (0, contract())
    assert orchestrate("show", f"{path}@1.1.0", "--source")[1].endswith("Newer.\n")
    shown = json.loads(orchestrate("show", f"{path}@1.0.0", "--json")[1])
    assert validate(shown, "agents-show") == []
    assert (shown["version"], shown["sha256"]) == ("1.0.0", definitions.digest(contract().encode()))
    listed = json.loads(orchestrate("show", path, "--versions", "--json")[1])
    assert validate(listed, "agents-versions") == []
    assert [entry["version"] for entry in listed["versions"]] == ["1.0.0", "1.1.0"]
    assert "1.1.0" in orchestrate("show", path, "--versions")[1].splitlines()[1]
    code, _, err = orchestrate("show", f"{path}@2.0.0")
    assert (code, "Versions: 1.0.0, 1.1.0." in err) == (2, True)


def test_an_earlier_version_without_history_could_not_be_found_out(plugin, orchestrate, tmp_path_factory):
    orchestrate("lock", plugin)
    commit(plugin)
    rewrite(plugin, contract(body="Newer.\n").replace("1.0.0", "1.1.0"))
    orchestrate("lock", plugin)
    commit(plugin)
    installed = tmp_path_factory.mktemp("wheel") / "plugin"
    shutil.copytree(plugin, installed, ignore=shutil.ignore_patterns(".git"))
    code, _, err = orchestrate("show", f"{installed}/agents/example.md@1.0.0")
    assert code == 3
    assert "has no history in git" in err
    shallow = installed.parent / "shallow"
    git(plugin, "clone", "-q", "--depth", "1", plugin.as_uri(), str(shallow))
    code, _, err = orchestrate("show", f"{shallow}/agents/example.md@1.0.0")
    assert code == 3
    assert "git fetch --unshallow" in err


def test_a_folder_outside_git_has_no_history(tmp_path):
    (tmp_path / "a.md").write_text("x")
    with pytest.raises(CouldNotFindOut, match="has no history"):
        history.text_of(tmp_path / "a.md", "0" * 64, "1.0.0")
