"""Every check fires on its own bad examples and is silent on its own good ones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from orchestrator.plugin import bodytext, check, frontmatter, globs, grants, paths, record, surroundings
from orchestrator.plugin.sample import MANIFEST, contract, plain, skill

DEFINITIONS = [each for each in record.every() if {"agent", "skill", "tree"} & set(each.of)]


def examples(kind):
    rows = [(each, index, example) for each in DEFINITIONS for index, example in enumerate(getattr(each, kind))]
    return pytest.mark.parametrize(
        ("checked", "example"),
        [(each, example) for each, _, example in rows],
        ids=[f"{each.id}-{index}" for each, index, _ in rows],
    )


@pytest.fixture
def codes(tmp_path):
    def found(files, of=("agent",)):
        if not isinstance(files, Mapping):
            files = MANIFEST | {"agents/example.md" if "agent" in of else "skills/example/SKILL.md": files}
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return {problem.code: problem for problem in check.check(paths.root(), [tmp_path]).problems}

    return found


@examples("fires_on")
def test_a_check_fires_on_its_bad_examples(codes, checked, example):
    assert checked.id in codes(example, checked.of)


@examples("silent_on")
def test_a_check_is_silent_on_its_good_examples(codes, checked, example):
    assert checked.id not in codes(example, checked.of)


@pytest.mark.parametrize("checked", DEFINITIONS, ids=lambda each: each.id)
def test_a_check_says_what_happens_and_what_to_do(checked):
    assert checked.fires_on
    assert checked.silent_on
    assert checked.why
    assert checked.mend
    assert not checked.why.endswith(".")
    assert not checked.mend.endswith(".")
    assert checked.source == "" or checked.source.startswith("https://")


def test_a_check_is_named_after_its_file_and_found_by_it():
    folder = Path(record.checks.__path__[0])
    files = {path.stem.replace("_", "-") for path in folder.rglob("*.py") if path.stem != "__init__"}
    assert {each.id for each in record.every()} == files
    assert len(record.every()) == len({each.id for each in record.every()})


def test_a_new_check_is_one_new_file(tmp_path):
    """The file alone makes it run: it is put beside the package and found in a process of its own."""
    (tmp_path / "always.py").write_text(
        "from orchestrator.plugin.record import Check, Fault\n"
        "CHECK = Check(id='always', severity='note', of=('agent',), why='w', mend='m', fires_on=(), silent_on=(),\n"
        "              find=lambda agent, around: [Fault(message=agent.name)])\n"
    )
    (tmp_path / "example.md").write_text(plain())
    script = (
        "import sys; from pathlib import Path; from orchestrator.plugin import check, checks, paths\n"
        "checks.__path__.append(sys.argv[1])\n"
        "found = check.check(paths.root(), [Path(sys.argv[1]) / 'example.md']).problems\n"
        "print([problem.message for problem in found if problem.code == 'always'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "['example']\n"


@pytest.mark.parametrize(
    ("place", "severity"),
    [
        ({"agents/example.md": plain("skills: [absent]\n"), **MANIFEST}, "error"),
        ({".claude/agents/example.md": plain("skills: [absent]\n")}, "warning"),
        ({"example.md": plain("skills: [absent]\n")}, "note"),
    ],
    ids=["plugin", "project", "alone"],
)
def test_an_unknown_name_is_as_bad_as_what_can_be_known_about_it(codes, place, severity):
    assert codes(place)["unknown-skill"].severity == severity


def test_names_are_looked_up_in_the_project_around_a_plugin(codes):
    tree = MANIFEST | {"agents/example.md": plain("skills: [house]\n")}
    assert "unknown-skill" not in codes(tree | {".claude/skills/house/SKILL.md": skill(name="house")})


def test_a_server_may_be_declared_in_the_manifest_or_in_a_file_that_it_names(codes):
    agent = {"agents/example.md": plain("tools: [mcp__plugin_demo_a__x, mcp__plugin_demo_b__y]\n")}
    inline = {".claude-plugin/plugin.json": json.dumps({"name": "demo", "mcpServers": {"a": {"command": "a"}}})}
    assert codes(agent | inline)["unknown-server"].message.endswith('"plugin_demo_b"')
    named = {".claude-plugin/plugin.json": json.dumps({"name": "demo", "mcpServers": "servers.json"})}
    both = {"servers.json": json.dumps({"mcpServers": {"a": {}, "b": {}}})}
    assert "unknown-server" not in codes(agent | named | both)


def test_agents_and_skills_that_a_manifest_lists_elsewhere_are_names_too(codes):
    manifest = {
        ".claude-plugin/plugin.json": json.dumps({"name": "demo", "skills": "./more", "agents": ["./team/a.md"]})
    }
    agent = contract("  hands_off_to: []\n", header="skills: [tables]\n", name="a")
    tree = manifest | {"team/agents/a.md": agent, "more/tables/SKILL.md": skill(name="tables")}
    assert "unknown-skill" not in codes(tree)


@pytest.mark.parametrize(
    ("outer", "inner", "covers"),
    [
        ("app/**", "app/**", True),
        ("app/**", "app/models/**", True),
        ("**", "app/x.py", True),
        ("**/*.py", "app/models.py", True),
        ("**/models/**", "app/models/**", True),
        ("app/*", "app/x", True),
        ("app/*", "app/x/y", False),
        ("app/**", "application/x", False),
        ("app/?.py", "app/*.py", False),
        ("app/*.py", "app/*.sql", False),
        ("app/x.py", "app/*.py", False),
        ("app/models/**", "app/**", False),
    ],
)
def test_a_glob_covers_another_only_where_it_matches_all_of_it(outer, inner, covers):
    assert globs.covers(outer, inner) is covers


def test_what_is_in_a_code_block_is_not_prose():
    text = "---\nname: a\n---\n# One\n\n```sh\n`x`\n```\n`y`\n~~~\n```\n`z`\n~~~\n    `w`\n"
    document = frontmatter.parse(text, "a.md")
    assert [(span.text, span.number) for span in bodytext.spans(document)] == [("y", 9), ("w", 14)]
    assert [(block.number, block.language, block.text) for block in bodytext.blocks(document)] == [
        (6, "sh", "`x`\n"),
        (10, "", "```\n`z`\n"),
    ]
    assert {line.heading for line in bodytext.lines(document)} == {"One"}


def test_a_file_belongs_to_the_nearest_plugin_or_project(tmp_path):
    for name in (
        "p/.claude-plugin/plugin.json",
        "p/agents/deep/a.md",
        "q/.claude/agents/b.md",
        "r/c.md",
        "s/agents/t/d.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    assert surroundings.place(tmp_path / "p/agents/deep/a.md") == ("plugin", tmp_path / "p")
    assert surroundings.place(tmp_path / "q/.claude/agents/b.md") == ("project", tmp_path / "q")
    assert surroundings.place(tmp_path / "r/c.md") == ("alone", tmp_path / "r")
    assert surroundings.place(tmp_path / "s/agents/t/d.md") == ("alone", tmp_path / "s/agents")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "`mcp__pg-aiguide__view_skill` and mcp__postgres-mcp__*.",
            [("pg-aiguide", "view_skill"), ("postgres-mcp", "*")],
        ),
        ("mcp__plugin_pgwright_pgwright__note_task", [("plugin_pgwright_pgwright", "note_task")]),
        ("all of mcp__numbers, mcp__mem0__add_memory", [("numbers", ""), ("mem0", "add_memory")]),
        ("mcp__server__tool, mcp__<server>__<tool>, mcp__{name}", []),
    ],
)
def test_a_tool_of_a_server_is_divided_at_two_underscores(text, named):
    document = frontmatter.parse(f"---\nname: a\n---\n{text}\n", "a.md")
    assert [(mention.server, mention.tool) for mention in grants.mentions(document)] == named


@pytest.mark.parametrize(
    ("header", "has", "has_not"),
    [
        ({}, ["Bash", "mcp__a__b"], []),
        ({"tools": "*"}, ["Bash"], []),
        ({"tools": []}, [], ["Bash", "Read"]),
        ({"tools": ""}, [], ["Read"]),
        ({"tools": "Read, Bash(git log:*, git diff:*)"}, ["Read", "Bash"], ["Write"]),
        ({"tools": ["Task"]}, ["Agent", "Task"], ["Read"]),
        ({"tools": ["Read"], "memory": "project"}, ["Read", "Write", "Edit"], ["Bash"]),
        ({"disallowedTools": "Bash, mcp__a"}, ["Read"], ["Bash", "mcp__a__b"]),
        ({"tools": ["mcp__a"]}, ["mcp__a__b", "mcp__a__*"], ["mcp__b__a"]),
        ({"tools": ["mcp__a__*"]}, ["mcp__a__b", "mcp__a"], ["mcp__b__a"]),
        ({"tools": ["mcp__a__b"]}, ["mcp__a__b"], ["mcp__a__c"]),
    ],
)
def test_what_a_header_grants(header, has, has_not):
    held = grants.granted(header)
    assert [tool for tool in has if not held.has(tool)] == []
    assert [tool for tool in has_not if held.has(tool)] == []
