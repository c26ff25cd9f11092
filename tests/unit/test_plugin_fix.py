"""Agents of five dialects become valid, keep every word and do not change again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from orchestrator.plugin import frontmatter
from orchestrator.plugin.fix import mend
from orchestrator.plugin.fix.run import fix_all

DIALECTS = Path(__file__).parents[1] / "data" / "dialects"
# Words that only mark up an example, or say that one follows.
MARKUP = re.compile(r"</?example>|\bExamples:|\\n|Auto Mode keywords:|\bLS\b|\bemerald\b|\bexpertise:")

every_dialect = pytest.mark.parametrize("name", sorted(path.name for path in DIALECTS.glob("*.md")))


@pytest.fixture
def at(tmp_path):
    def copied(name):
        return Path(shutil.copy(DIALECTS / name, tmp_path / name))

    return copied


@pytest.fixture
def written(tmp_path):
    def write(text, name="example.md"):
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return write


def fixed(path):
    (done,) = fix_all([path])
    done.write()
    return done


def header(path):
    return frontmatter.read(path).data


def words(text):
    return set(re.findall(r"\w+", MARKUP.sub(" ", text)))


@every_dialect
def test_each_dialect_becomes_valid(at, name):
    done = fixed(at(name))
    assert [problem for problem in done.left if problem.severity != "note"] == []


@every_dialect
def test_a_second_fix_changes_nothing(at, name):
    path = at(name)
    fixed(path)
    once = path.read_bytes()
    done = fixed(path)
    assert (done.changed, done.changes, path.read_bytes()) == (False, (), once)


@every_dialect
def test_no_word_is_lost_and_the_body_stays(at, name):
    path = at(name)
    before = path.read_text()
    fixed(path)
    after = path.read_text()
    assert words(before) <= words(after)
    assert after.split("\n---\n", 1)[1] == before.split("\n---\n", 1)[1]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("flat-hooks.md", {"host-ignored-key", "host-dropped-value", "host-not-loaded"}),
        ("role-and-expertise.md", {"host-ignored-key"}),
        ("comma-tools.md", {"host-unknown-tool"}),
    ],
)
def test_what_the_client_loses_is_named(at, name, codes):
    done = fixed(at(name))
    assert codes <= {problem.code for problem in done.losses}


def test_the_contract_is_read_from_the_text(at):
    path = at("flat-hooks.md")
    fixed(path)
    ours = header(path)["x-orchestrate"]
    assert ours["version"] == "1.0.0"
    assert ours["boundaries"] == {
        "allow": ["reports/ledger/**", "docs/ledger/**"],
        "forbid": ["archive/**"],
        "dont": ["dont-post-entries", "dont-change-the-archive"],
    }
    assert ours["budgets"] == {
        "one_account": {"range": [5, 10], "cap": 15},
        "month_end": {"range": [20, 40], "cap": 60},
    }
    assert ours["receives_from"] == ["backend-system-architect"]
    assert ours["hands_off_to"] == ["code-quality-reviewer"]
    assert ours["routing"]["keywords"] == ["ledger", "balance", "reconcile", "invoice", "month end"]
    assert ours["carried"] == {"context": "fork"}


NESTED = {
    "PreToolUse": [
        {
            "matcher": "Bash",
            "hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/hooks/agent/ledger-check.sh"}],
        }
    ]
}


def test_hooks_of_a_project_stay_and_those_of_a_plugin_are_carried_as_text(at, tmp_path):
    path = at("flat-hooks.md")
    fixed(path)
    assert header(path)["hooks"] == NESTED
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin" / "plugin.json").write_text('{"name": "demo"}')
    (tmp_path / "agents").mkdir()
    path = Path(shutil.copy(DIALECTS / "flat-hooks.md", tmp_path / "agents" / "ledger-keeper.md"))
    fixed(path)
    assert "hooks" not in header(path)
    import yaml

    assert yaml.safe_load(header(path)["x-orchestrate"]["carried"]["hooks"]) == NESTED


NARROW = "---\nname: example\ndescription: Writes the report of a month.\n---\n{}\n"


@pytest.mark.parametrize(
    ("body", "boundaries"),
    [
        ("**DON'T:**\n- Post entries", {"dont": ["dont-post-entries"], "allow": ["**"]}),
        ("- Forbidden: archive/**", {"forbid": ["archive/**"], "allow": ["**"]}),
        ("- Allowed: whatever it needs", None),
    ],
)
def test_a_text_that_allows_no_paths_does_not_forbid_them_all(written, body, boundaries):
    path = written(NARROW.format(body))
    fixed(path)
    assert header(path)["x-orchestrate"].get("boundaries") == boundaries


def test_a_comment_that_stands_twice_is_kept_twice(written):
    path = written(SOUND.format("author: Ann # same\ncolor: teal # same\ntags: [x] # same\n"))
    fixed(path)
    assert path.read_text().count("# same") == 3


def test_a_patch_cuts_lines_where_patch_does(written):
    path = written(SOUND.format("color: teal\n") + "one\u2028two\x0cthree\n")
    (done,) = fix_all([path])
    assert all(line[:1] in " +-@\\" for line in done.diff().split("\n") if line)


def test_comments_stay_where_they_were(at):
    path = at("flat-hooks.md")
    fixed(path)
    text = path.read_text()
    assert text.index("color: green\n# the smallest set that does it\ntools:\n") > 0
    assert "  - Write  # reports only\n" in text


def test_tools_are_listed_renamed_and_granted(at):
    comma, flat = at("comma-tools.md"), at("flat-hooks.md")
    fixed(comma)
    fixed(flat)
    assert header(comma)["tools"] == ["Read", "Write", "Edit", "Glob", "Grep", "Bash", "WebSearch"]
    assert header(flat)["tools"][-2:] == ["mcp__bank-feed__statements", "mcp__archive__*"]


def test_examples_leave_the_description_whole(at):
    path = at("literal-newlines.md")
    fixed(path)
    found = header(path)
    assert found["description"] == "Use this agent when working with ledgers, balances or month ends."
    first, second = found["x-orchestrate"]["routing"]["examples"]
    assert first.splitlines()[:2] == ["Context: A balance looks wrong.", 'user: "The cash account is negative"']
    assert "<Task tool call to ledger-keeper agent>" in second


SOUND = "---\nname: example\ndescription: Writes the report of a month.\n{}---\nWrite it.\n"


@pytest.mark.parametrize(
    ("given", "key", "value"),
    [
        ("allowed-tools: Read, Grep\n", "tools", ["Read", "Grep"]),
        ("max_turns: 5\n", "maxTurns", 5),
        ("color: Teal\n", "color", "cyan"),
        ("version: v2.1\n", "x-orchestrate", {"version": "2.1.0", "schema": 1}),
        ("tools: [MultiEdit, Read]\n", "tools", ["Edit", "Read"]),
        ("tools: '*'\n", "tools", "*"),
    ],
)
def test_one_key_at_a_time(written, given, key, value):
    path = written(SOUND.format(given))
    fixed(path)
    assert header(path)[key] == value


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay(written, newline):
    path = written(SOUND.format("color: teal\n").replace("\n", newline))
    fixed(path)
    content = path.read_bytes()
    assert content.count(b"\r\n") == (content.count(b"\n") if newline == "\r\n" else 0)


@pytest.mark.parametrize(
    "text",
    [
        SOUND.format("model: opus\nmodel: haiku\n"),
        "No header at all.\n",
    ],
)
def test_what_cannot_be_read_without_guessing_is_left_and_said(written, text):
    path = written(text)
    done = fixed(path)
    assert path.read_text() == text
    assert any(problem.severity == "error" for problem in done.left)


def test_writing_keeps_mode_and_link(written, tmp_path):
    path = written(SOUND.format("color: teal\n"))
    path.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(path)
    fixed(link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "color: cyan" in path.read_text()


def test_a_locked_version_is_bumped_once(tmp_path):
    agents = tmp_path / "agents"
    agents.mkdir()
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin" / "plugin.json").write_text('{"name": "demo"}')
    path = agents / "example.md"
    path.write_text(SOUND.format("color: teal\nx-orchestrate:\n  version: 1.0.0\n  schema: 1\n"))
    from orchestrator.plugin import definitions, versions

    entry = versions.Entry(version="1.0.0", sha256=definitions.digest(path.read_bytes()))
    versions.lock(tmp_path, "agent").with_entry("example", entry).write()
    fixed(path)
    assert header(path)["x-orchestrate"]["version"] == "1.0.1"
    assert not fixed(path).changed


def test_each_mend_says_what_it_does():
    found = mend.every()
    assert len({each.id for each in found}) == len(found) >= 10
    assert all(each.does and each.of for each in found)


NOT_OURS = "---\nname: example\ndescription: Writes the report of a month.\ncolor: teal\n{}---\n**DO:**\n- Write it\n"


@pytest.mark.parametrize(
    "header",
    [
        "x-orchestrate: keep me whole\n",
        "x-orchestrate: {version: 1.0.0, schema: 1, clauses: text}\n",
        "x-orchestrate: {version: 1.0.0, schema: 1, carried: precious}\nfoo: bar\n",
        "x-orchestrate: {version: 1.0.0, schema: 1, routing: {keywords: one}}\nexpertise: [two]\n",
        "defs: &d {model: opus}\n<<: *d\n",
        "? [a, b]\n: value\n",
        "foo: " + "[" * 300 + "]" * 300 + "\n",
    ],
)
def test_what_would_be_lost_is_left_alone_and_said(written, header):
    text = NOT_OURS.format(header)
    path = written(text)
    done = fixed(path)
    assert path.read_text() == text
    assert any(problem.severity != "note" for problem in done.left)


@pytest.mark.parametrize(
    ("header", "key", "value"),
    [
        ("tools: [[Read], Write]\n", "tools", [["Read"], "Write"]),
        ("version: 1.10\n", "x-orchestrate", {"version": "1.10.0", "schema": 1}),
        ('role: "<example></example>"\n', "name", "example"),
    ],
)
def test_odd_values_stay(written, header, key, value):
    path = written(SOUND.format(header))
    fixed(path)
    assert header_of(path)[key] == value
    assert not fixed(path).changed


def header_of(path):
    return frontmatter.read_leniently(path).data


@pytest.mark.parametrize(
    "description",
    [
        r"Reads C:\new\table and splits on \n and \t characters.",
        "'Keywords: a, b and a lot of others'",
        '"' + "a" + " " * 20_000 + 'b"',
    ],
)
def test_a_description_that_means_what_it_says_stays(written, description):
    path = written(f"---\nname: example\ndescription: {description}\n---\nGo.\n")
    before = header_of(path)["description"]
    fixed(path)
    assert header_of(path)["description"] == before


def test_no_comment_is_lost_when_its_key_moves(written):
    path = written(
        SOUND.format(
            "version: 2.1 # bumped\nauthor: Ann # the boss\n# before the tags\ntags: [x, y] # tagged\n"
            "tools:\n  - LS # list\n  - Glob\n# at the end\n"
        )
    )
    fixed(path)
    text = path.read_text()
    for comment in ("# bumped", "# the boss", "# before the tags", "# tagged", "# list", "# at the end"):
        assert text.count(comment) == 1, comment
    assert not fixed(path).changed


def test_the_body_and_the_mark_stay_byte_for_byte(written):
    path = written("\ufeff" + SOUND.format("color: teal\n").replace("\n", "\r\n") + "one\rtwo\nthree")
    fixed(path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf---\r\n")
    assert content.endswith(b"Write it.\r\none\rtwo\nthree")


def test_one_file_that_cannot_be_read_does_not_stop_the_others(tmp_path, written):
    written(SOUND.format("color: teal\n"), "b.md")
    (tmp_path / "a.md").write_bytes(b"---\x00")
    first, second = fix_all([tmp_path / "a.md", tmp_path / "b.md"])
    assert (first.changed, [problem.code for problem in first.left]) == (False, ["binary-file"])
    assert second.changed


def test_the_documents_of_a_plugin_are_passed_over(tmp_path):
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin" / "plugin.json").write_text('{"name": "demo", "agents": 5}')
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "example.md").write_text(SOUND.format("color: teal\n"))
    assert [done.path.name for done in fix_all([tmp_path])] == ["example.md"]


def test_hooks_carried_as_text_are_stable(tmp_path):
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin" / "plugin.json").write_text('{"name": "demo"}')
    (tmp_path / "agents").mkdir()
    path = Path(shutil.copy(DIALECTS / "flat-hooks.md", tmp_path / "agents" / "ledger-keeper.md"))
    fixed(path)
    assert not fixed(path).changed
