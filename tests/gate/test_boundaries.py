"""What an agent may write: its definition, the patterns, and real files behind the paths."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.gate import boundaries, definition, glob
from orchestrator.gate.judgement import Write
from orchestrator.gate.place import Place
from orchestrator.gate.text import UNKNOWN, unknown

ROOT = Path(__file__).parents[2]
AGENTS = sorted((ROOT / "agents").glob("*.md"))
ENGINEER = "pgwright:database-engineer"


def by_yaml(text):
    import yaml

    header = text.lstrip("\ufeff").replace("\r\n", "\n").split("---\n", 2)[1]
    found = yaml.safe_load(header)["x-orchestrate"]["boundaries"]
    return {name: found.get(name) or [] for name in definition.LISTS}


@pytest.mark.parametrize("path", AGENTS, ids=lambda path: path.stem)
def test_a_definition_is_read_as_yaml_reads_it(path):
    text = path.read_text()
    assert definition.boundaries(text) == by_yaml(text)
    assert any(definition.boundaries(text).values())


PATTERNS = [
    "src/**",
    "**/models.py",
    "*.sql",
    "it's",
    'say "x"',
    "a#b",
    "a, b",
    "x: y",
    "[z]",
    "größe/**",
    "-",
    "#",
    "",
]
items = st.lists(st.one_of(st.sampled_from(PATTERNS), st.text("ab/*?#,:'\"\\ []{}-", max_size=8)), max_size=4)
comments = st.sampled_from(["", " # why", "  # a: [b"])


def plain(item):
    """The item without quotes where YAML takes it for text."""
    import yaml

    try:
        usable = yaml.safe_load(f"[{item}]") == [item] == yaml.safe_load(f"- {item}") and re.match(r"[\w./]", item)
    except yaml.YAMLError:
        usable = None
    return item if usable else None


@st.composite
def scalars(draw, item):
    ways = ["'" + item.replace("'", "''") + "'", '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"']
    return draw(st.sampled_from(ways if plain(item) is None else [*ways, item]))


@st.composite
def lists(draw, indent):
    found = [draw(scalars(item)) for item in draw(items)]
    comment = draw(comments)
    if not found or draw(st.booleans()):
        separator = ", " if draw(st.booleans()) else f",\n{indent}    "
        return " [" + separator.join(found) + "]" + comment
    deeper = draw(st.sampled_from(["", "  ", "    "]))
    return comment + "".join(f"\n{indent}{deeper}- {each}{draw(comments)}" for each in found)


@st.composite
def definitions(draw):
    names = draw(st.permutations(definition.LISTS))[: draw(st.integers(1, 3))]
    blank = draw(st.sampled_from(["", "\n", "\n# nothing\n", "\n      # x\n"]))
    lines = [f"    {name}:{draw(lists('    '))}" for name in names]
    inner = ("\n" + blank).join(lines)
    before = draw(
        st.sampled_from(
            ["", "  version: 1.0.0\n", "  routing:\n    phrases:\n      - {phrase: 'allow: [x]', weight: 5}\n"]
        )
    )
    after = draw(
        st.sampled_from(["", "\n  output_schema: x", "\ncolor: green", '\n  clauses:\n    - {id: a, text: "b, c"}'])
    )
    return f"---\nname: x\nx-orchestrate:\n{before}  boundaries:\n{inner}{after}\n---\nallow: [body]\n"


@given(definitions())
@settings(max_examples=600, deadline=None)
def test_every_form_of_a_definition_is_read_as_yaml_reads_it(text):
    assert definition.boundaries(text) == by_yaml(text)


def test_a_definition_with_a_mark_and_other_line_ends_is_read():
    text = AGENTS[0].read_text()
    assert definition.boundaries("\ufeff" + text.replace("\n", "\r\n")) == by_yaml(text)


def test_boundaries_in_braces_are_read():
    text = "---\nx-orchestrate: {version: 1, boundaries: {allow: ['a, b', c/d], dont: []}}\n---\n"
    assert definition.boundaries(text) == {"allow": ["a, b", "c/d"], "forbid": [], "dont": []}


@pytest.mark.parametrize(
    "header",
    [
        "",
        "x-orchestrate:\n  boundaries: {}\n  boundaries: {}",
        "x-orchestrate:\n  boundaries:\n    allow: [a\n    forbid: []",
        "x-orchestrate:\n  boundaries:\n    allow: a",
        "x-orchestrate:\n  boundaries:\n    allow: [**/x]",
        "x-orchestrate:\n  boundaries:\n    allow: [&a x]",
        "x-orchestrate:\n  boundaries:\n    allow: ['a]",
        'x-orchestrate:\n  boundaries:\n    allow: ["\\x41"]',
        "x-orchestrate:\n  boundaries:\n    allow: [a, , b]",
        "x-orchestrate:\n  boundaries:\n    allow: []\n    allow: [b]",
        "x-orchestrate:\n  boundaries:\n    permit: [b]",
        "x-orchestrate:\n  boundaries:\n    allow:\n      - a\n        - b",
        "x-orchestrate:\n\tboundaries:\n\t\tallow: [a]",
        "x-orchestrate:\n  boundaries:\n    allow: |\n      a",
    ],
)
def test_what_is_not_in_our_form_is_unreadable(header):
    with pytest.raises(definition.Unreadable):
        definition.boundaries(f"---\n{header}\n---\nbody\n")


HEADERS = ["name: x", "x-orchestrate:\n  version: 1", "x-orchestrate: {version: 1}", "x-orchestrate:\nname: x"]


@pytest.mark.parametrize("header", HEADERS)
def test_an_agent_whose_definition_says_nothing_of_boundaries_is_not_limited(tmp_path, header):
    text = f"---\n{header}\n---\nbody\n"
    assert definition.boundaries(text) is None
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "free.md").write_text(text)
    assert boundaries.of("pgwright:free", str(tmp_path)) is None
    assert boundaries.dont("pgwright:free", str(tmp_path)) == frozenset()


@given(st.text("ax-:orchestrat bundies[]{}'\"\\#,*&|\n\t ", max_size=80))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_unreadable(noise):
    import yaml

    text = f"---\nx-orchestrate:\n  boundaries:\n    allow: {noise}\n---\n"
    try:
        found = definition.boundaries(text)
    except definition.Unreadable:
        return
    try:
        expected = by_yaml(text)
    except yaml.YAMLError:
        return
    assert found == expected


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("src/**", ["src", "src/a", "src/a/b.py"], ["src2/a", "a/src/b", ""]),
        ("**/models/**", ["models", "models/a", "a/b/models/c/d"], ["a/models2/b", "models.py"]),
        ("**/models.py", ["models.py", "a/models.py"], ["a/models.pyc", "models.py/x", "xmodels.py"]),
        ("**/*.sql", ["a.sql", "x/y/.sql", "x/a.b.sql"], ["a.sqlx", "sql"]),
        ("*.py", ["a.py"], ["b/a.py"]),
        ("a/*/c", ["a/b/c"], ["a/c", "a/b/b/c"]),
        ("a?c", ["abc", "aöc"], ["ac", "abbc", "a/c"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/b/c"]),
        ("**", ["", "a", "a/b"], []),
        ("Src/**", ["Src/a"], ["src/a"]),
        ("[ab]", ["[ab]"], ["a"]),
    ],
)
def test_a_pattern(pattern, fits, does_not):
    assert [path for path in fits if not glob.matches(path, pattern)] == []
    assert [path for path in does_not if glob.matches(path, pattern)] == []


@given(st.text("ab*?", max_size=6), st.text("ab", max_size=7))
def test_a_pattern_of_one_name_means_what_a_regular_expression_means(pattern, name):
    expected = re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), name)
    assert glob.name(name, pattern) == bool(expected)


def test_a_pattern_takes_no_time_to_fail():
    assert not glob.matches("/".join("a" * 2000), "/".join(["**", "a"] * 40) + "/b")
    assert not glob.name("a" * 5000, "*a" * 200 + "b")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "project/migrations").mkdir(parents=True)
    return Place(cwd=str(tmp_path / "project"), plugin=str(ROOT), agent=ENGINEER, home="/nowhere")


def rules(place, path, text="x"):
    return [effect.rule.id for effect in boundaries.effects(Write(path, text, "tee"), place)]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("migrations/versions/a.py", ""),
        ("backend/alembic/env.py", ""),
        ("context/state.json", ""),
        ("README.md", "outside-agent-paths"),
        ("migrations/../README.md", "outside-agent-paths"),
        ("Migrations/a.py", "outside-agent-paths"),
        ("backend/app/main.py", "forbidden-agent-path"),
        ("migrations/models.py", "forbidden-agent-path"),
        ("docs/database/models/a.md", "forbidden-agent-path"),
        ("", "outside-agent-paths"),
    ],
)
@pytest.mark.parametrize("text", ["x", UNKNOWN, None])
def test_an_agent_writes_and_removes_where_its_definition_says(place, name, rule, text):
    assert rules(place, f"{place.project}/{name}".rstrip("/"), text) == ([rule] if rule else [])


def test_a_link_is_followed(place, tmp_path):
    (tmp_path / "project/backend/app").mkdir(parents=True)
    (tmp_path / "project/migrations/link").symlink_to(tmp_path / "project/backend/app")
    assert rules(place, f"{place.project}/migrations/link/main.py") == ["forbidden-agent-path"]
    (tmp_path / "project/migrations/etc").symlink_to("/etc")
    assert rules(place, f"{place.project}/migrations/etc/hosts") == ["outside-agent-paths"]


def test_a_project_that_is_reached_over_a_link_is_the_same_project(place, tmp_path):
    (tmp_path / "link").symlink_to(place.project)
    place.project = place.cwd = str(tmp_path / "link")
    assert rules(place, f"{tmp_path}/link/migrations/a.py") == []
    assert rules(place, f"{tmp_path}/project/migrations/a.py") == []
    assert rules(place, f"{tmp_path}/project/a.py") == ["outside-agent-paths"]


@pytest.mark.parametrize("path", [*boundaries.SCRATCH, "/dev/null", "/dev/stderr", "/dev/fd/3"])
def test_scratch_folders_and_devices_are_free(place, path):
    assert rules(place, path) == []
    assert rules(place, path + "/notes") == []


def test_the_folder_of_the_user_for_scratch_is_free(place, monkeypatch):
    assert rules(place, "/scratch/here/a") == ["outside-agent-paths"]
    monkeypatch.setitem(boundaries.posix.environ, b"TMPDIR", b"/scratch/here")
    assert rules(place, "/scratch/here/a") == []
    monkeypatch.setitem(boundaries.posix.environ, b"TMPDIR", b"/")
    assert rules(place, "/scratch/here/a") == ["outside-agent-paths"]


@pytest.mark.parametrize("path", ["/etc/hosts", "/home/ada/.bashrc", "/var/lib/a"])
def test_outside_of_the_project_nothing_else_is_free(place, path):
    assert rules(place, path) == ["outside-agent-paths"]


@pytest.mark.parametrize("path", [unknown("X"), "/home/" + unknown("X"), "migrations/" + unknown("X") + ".py"])
def test_a_path_that_cannot_be_read_is_asked_about(place, path):
    assert rules(place, path) == ["unknown-agent-path"]


def test_removing_a_folder_removes_what_is_forbidden_in_it(place, tmp_path):
    folder = tmp_path / "project/migrations/old"
    folder.mkdir()
    (folder / "a.py").write_text("")
    assert rules(place, str(folder), None) == []
    (folder / "deep/er").mkdir(parents=True)
    (folder / "deep/er/models.py").write_text("")
    assert rules(place, str(folder), None) == ["forbidden-agent-path"]
    assert rules(place, str(folder), "x") == []


@pytest.mark.parametrize("agent", ["", "general-purpose", "other:database-engineer", "database-engineer", "pgwright"])
def test_others_have_no_boundaries(place, agent):
    place.agent = agent
    assert rules(place, "/etc/hosts") == []
    assert boundaries.of(agent, place.plugin) is None
    assert boundaries.dont(agent, place.plugin) == frozenset()


@pytest.mark.parametrize(
    "agent", ["pgwright:nobody", "pgwright:", "pgwright:../agents/database-engineer", "pgwright:a:b"]
)
def test_an_agent_of_ours_without_a_readable_definition_may_write_nothing(place, agent):
    place.agent = agent
    assert rules(place, f"{place.project}/migrations/a.py") == ["unread-agent-definition"]
    with pytest.raises(boundaries.UnreadableDefinition):
        boundaries.dont(agent, place.plugin)


def test_the_clauses_of_an_agent():
    assert {"dont-run-migrations", "dont-drop"} <= boundaries.dont(ENGINEER, str(ROOT))


def test_every_agent_may_write_its_context(place):
    for path in AGENTS:
        place.agent = f"pgwright:{path.stem}"
        assert rules(place, f"{place.project}/context/notes.md") == []
