"""What is predicted of the client; tests/client/test_client_host.py holds the same against the client itself."""

from __future__ import annotations

import pytest

from orchestrator.plugin import frontmatter, host
from orchestrator.plugin.host import values
from orchestrator.plugin.host.client import client
from orchestrator.plugin.host.reading import read

SAYS = "description: Writes the report of a month.\n"
NAMED = f"name: a\n{SAYS}"
HOOK = "- matcher: Bash\n      hooks: [{type: command, command: x}]\n"


def predict(header, kind="agent", scope="plugin", file="", body="Text.\n"):
    text = header if header.startswith("-") or file == "raw.md" else f"---\n{header}---\n{body}"
    name = {"agent": "agents/a.md", "skill": "skills/a/SKILL.md"}[kind]
    return host.predict(frontmatter.parse_leniently(text, file or name), kind, scope)


def said(prediction):
    return [(each.code.removeprefix("host-"), each.severity, each.line) for each in prediction.problems]


AGENTS = [
    # header, scope, what is said: code, severity, line
    ("role: x\n", "plugin", [("ignored-key", "warning", 4)]),
    ("context: fork\n", "project", [("ignored-key", "warning", 4)]),
    ("hooks: {}\n", "plugin", [("ignored-key", "error", 4)]),
    ("mcpServers: [x]\n", "plugin", [("ignored-key", "error", 4)]),
    ("permissionMode: plan\n", "plugin", [("ignored-key", "error", 4)]),
    ("initialPrompt: x\n", "plugin", [("ignored-key", "error", 4)]),
    ("mcpServers: {x: {command: y}}\n", "project", [("dropped-value", "error", 4)]),
    ("permissionMode: yolo\n", "project", [("dropped-value", "error", 4)]),
    ("tools: [Read, LS, MultiEdit]\n", "plugin", [("unknown-tool", "error", 4)] * 2),
    ("tools: [TodoWrite, Read]\n", "plugin", [("unknown-tool", "error", 4)]),
    ("tools:\n", "plugin", [("no-tools", "error", 4)]),
    ("tools: []\n", "plugin", [("no-tools", "error", 4)]),
    ("tools: 7\n", "plugin", [("no-tools", "error", 4)]),
    ("tools: [LS]\n", "plugin", [("no-tools", "error", 4), ("unknown-tool", "error", 4)]),
    ("tools: Read, Bash(git *)\n", "plugin", [("limit-without-effect", "error", 4)]),
    ("disallowedTools: Bash(rm *)\n", "plugin", [("limit-without-effect", "error", 4)]),
    ("tools: [Grep]\nmemory: user\n", "plugin", [("memory-adds-tools", "warning", 5)]),
    ("memory: everywhere\n", "plugin", [("dropped-value", "error", 4)]),
    ("effort: gigantic\n", "plugin", [("dropped-value", "error", 4)]),
    ("maxTurns: -3\n", "plugin", [("dropped-value", "error", 4)]),
    ("maxTurns: 2.5\n", "plugin", [("dropped-value", "error", 4)]),
    ("background: yes\n", "plugin", [("dropped-value", "error", 4)]),
    ("omitClaudeMd: 1\n", "project", [("dropped-value", "error", 4)]),
    ("isolation: docker\n", "plugin", [("dropped-value", "error", 4)]),
    ("isolation: remote\n", "plugin", [("dropped-value", "error", 4)]),
    ("color: emerald\n", "plugin", [("dropped-value", "error", 4)]),
    ("model: gpt-9\n", "plugin", [("unknown-model", "warning", 4)]),
    ("model: default\n", "plugin", [("unknown-model", "warning", 4)]),
    ("model: 4.5\n", "plugin", [("dropped-value", "error", 4)]),
    ("autoCompactWindow: 500\n", "plugin", [("dropped-value", "error", 4)]),
    (f"hooks:\n  BeforeTool:\n    {HOOK}", "project", [("dropped-value", "error", 4)]),
    ("hooks:\n  Stop:\n    - command: x\n", "project", [("dropped-value", "error", 4)]),
]


@pytest.mark.parametrize(("header", "scope", "expected"), AGENTS)
def test_each_loss_of_an_agent_is_said_at_its_key(header, scope, expected):
    prediction = predict(NAMED + header, scope=scope)
    assert said(prediction) == expected
    assert prediction.loads
    assert all(each.fix and each.pointer for each in prediction.problems)


SOUND = [
    "",
    "tools: Read, Grep\nmodel: haiku\neffort: low\nmaxTurns: 4\ncolor: blue\nbackground: false\nomitClaudeMd: true\n",
    "tools: [Bash, Grep, Glob, Read]\n",
    'tools: "*"\n',
    "tools: [Task, Agent(demo:b), mcp__x__y, AskUserQuestion]\n",
    "model: Sonnet[1m]\n",
    "model: us.anthropic.claude-haiku-4-5\n",
    "effort: HIGH\n",
    "effort: 2000\n",
    "tools: [Read, Write]\nmemory: local\n",
    "memory: local\n",
    "disallowedTools: Bash\n",
    "skills: a, b\n",
    "isolation: worktree\n",
    "x-orchestrate: {version: 1.0.0, schema: 1}\n",
    "autoCompactWindow: 200000\n",
]


@pytest.mark.parametrize("scope", ["plugin", "project"])
@pytest.mark.parametrize("header", SOUND)
def test_nothing_is_said_of_a_sound_agent(header, scope):
    prediction = predict(NAMED + header, scope=scope)
    assert (said(prediction), prediction.loads, prediction.starts) == ([], True, True)


@pytest.mark.parametrize(
    ("header", "tools"),
    [
        ("", None),
        ("tools: ['*', Read]\n", None),
        ("tools:\n", ()),
        ("tools: [read, Grep]\n", ("Grep",)),
        ("tools: Read Grep,Write\n", ("Read", "Grep", "Write")),
        ("tools: [Task, KillShell, Read, Read]\n", ("Agent", "TaskStop", "Read")),
        ("tools: Bash(git log, git show), Read\n", ("Bash", "Read")),
        ("tools: [Bash, Grep, Glob]\n", ("Bash",)),
        ("tools: [Grep]\nmemory: user\n", ("Grep", "Write", "Edit", "Read")),
        ("tools: [Grep]\nmemory: yes\n", ("Grep",)),
        ("tools: [Read, Bash, Monitor]\ndisallowedTools: Bash\n", ("Read",)),
    ],
)
def test_tools_are_those_that_the_client_offers(header, tools):
    assert predict(NAMED + header).tools == tools


def test_an_agent_with_tools_that_the_client_does_not_have_is_not_started():
    assert predict(f"{NAMED}tools: [LS]\n").starts is False
    assert predict(f"{NAMED}tools: []\n").starts is True


@pytest.mark.parametrize(
    ("header", "name", "description", "codes"),
    [
        (SAYS, "a", "Writes the report of a month.", ["no-name"]),
        (f"name: 7\n{SAYS}", "7", "Writes the report of a month.", ["dropped-value"]),
        (f"name: 1.10\n{SAYS}", "1.1", "Writes the report of a month.", ["dropped-value"]),
        (f"name: ''\n{SAYS}", "a", "Writes the report of a month.", ["dropped-value"]),
        (f"name: {'n' * 257}\n{SAYS}", "a", "Writes the report of a month.", ["dropped-value"]),
        ("name: a\n", "a", "", ["no-description"]),
        ("name: a\ndescription: [x, y]\n", "a", "", ["no-description", "changed-value"]),
        ("name: a\nwhen-to-use: When due.\n", "a", "When due.", []),
        ("name: a\ndescription: 42\n", "a", "42", []),
        (r"name: a" + "\ndescription: x\\n\\ny\n", "a", "x\\n\\ny", ["literal-newline"]),
    ],
)
def test_names_and_descriptions_in_a_plugin(header, name, description, codes):
    prediction = predict(header)
    assert (prediction.name, prediction.description) == (name, description)
    assert sorted(code for code, _, _ in said(prediction)) == sorted(codes)


NOT_LOADED = [
    (SAYS, "name"),
    (f"name: 7\n{SAYS}", "name"),
    (f"name: -a\n{SAYS}", "hyphen"),
    (f"name: a:b\n{SAYS}", "colon"),
    (f"name: a：b\n{SAYS}", "colon"),
    (f"name: {'n' * 257}\n{SAYS}", "256"),
    ("name: a\n", "description"),
    ("name: a\ndescription: 42\n", "description"),
    ("name: a\nwhen-to-use: When due.\n", "description"),
    (f"{NAMED}hooks:\n  PreToolUse:\n    - matcher: Bash\n      command: x\n", "no list of hooks"),
    (f"{NAMED}hooks:\n  PreToolUse:\n    matcher: Bash\n", "a list is needed"),
    (f"{NAMED}hooks:\n  - matcher: Bash\n", "events with lists"),
    (f"{NAMED}hooks: check.sh\n", "events with lists"),
    (f"{NAMED}hooks:\n  matcher: Bash\n", "where an event is needed"),
    (f"{NAMED}hooks:\n  PreToolUse:\n    - hooks: [x]\n", "no hook with a type"),
    (f"{NAMED}hooks:\n  PermissionRequest:\n    - hooks: [{{command: x}}]\n", "has no type"),
    (f"{NAMED}hooks:\n  PreToolUse:\n    - hooks: [{{type: script}}]\n", "no type of hook"),
    (f"{NAMED}hooks:\n  PreToolUse:\n    - hooks: [{{type: command}}]\n", "has no command"),
    (f"{NAMED}hooks:\n  Wrong:\n    PreToolUse:\n      - hooks: [{{type: command, command: x}}]\n", "no such event"),
    (f"{NAMED}PreToolUse:\n  - matcher: Bash\n", "outside hooks"),
]


@pytest.mark.parametrize(("header", "why"), NOT_LOADED)
def test_an_agent_that_a_project_does_not_load_is_said_with_the_reason(header, why):
    prediction = predict(header, scope="project")
    assert not prediction.loads
    (problem,) = [each for each in prediction.problems if each.code == "host-not-loaded"]
    assert why in problem.message
    assert predict(header).loads


def test_hooks_that_are_right_are_in_force_in_a_project():
    prediction = predict(f"{NAMED}hooks:\n  PreToolUse:\n    {HOOK}", scope="project")
    assert prediction.loads
    assert list(prediction.effective["hooks"]) == ["PreToolUse"]


def test_a_readme_in_the_folder_is_an_agent():
    prediction = predict("# Agents\n", file="raw.md")
    assert prediction.loads
    readme = host.predict(frontmatter.parse_leniently("# Agents\n", "agents/README.md"), "agent", "plugin")
    assert (readme.name, said(readme)[0][0]) == ("README", "readme-is-agent")


LOST = [
    # what stands in the file, what is said, the tools in the client's hands
    ("---\nname: a\ndescription: one\ntwo\ntools: Read\n---\n", "header-lost", None),
    ("---\nname: a\ndescription: one\n  two: x\ntools: Read\n---\n", "header-lost", None),
    ("---\nname: a\ndescription: x: y\ntools: Read\n---\n".replace("\n", "\r\n"), "header-lost", None),
    ("---\nname: a\ndescription: 'It's: so'\ntools: Read\n---\n", "header-lost", None),
    ("\n---\nname: a\ndescription: x\ntools: Read\n---\n", "header-lost", None),
    ("---\nname: a\ndescription: x\ntools: Read\n", "header-lost", None),
    ("---\rname: a\rdescription: x\rtools: Read\r---\r", "header-lost", None),
    ("---\nname: a\ndescription: one --- two\ntools: Read\n---\n", "header-cut", None),
    ("---\nname: a\n# ----\ndescription: x\ntools: Read\n---\n", "header-cut", None),
    ("---\nname: a\ndescription: See #12 too\ntools: Read\n---\n", "changed-value", ("Read",)),
    ("---\nname: a\ndescription: x: y\ntools: Read\nmodel: haiku # quick\n---\n", "changed-value", ("Read",)),
    ("---\nname: a\ndescription: x\ntools: [Read, Grep\n---\n", "changed-value", ("Grep",)),
    ("---\nname: a\ndescription: x\ntools: Read\n...\nText.\n\n---\n\nMore.\n", "text-lost", None),
]


@pytest.mark.parametrize(("text", "code", "tools"), LOST)
def test_what_the_client_loses_before_it_looks_at_a_key_is_said(text, code, tools):
    prediction = predict(text, file="raw.md")
    found = {each.code.removeprefix("host-"): each for each in prediction.problems}
    assert code in found
    assert found[code].severity == "error"
    assert prediction.tools == tools
    if code.startswith("header-"):
        assert "every tool" in found[code].message


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff---\n{NAMED}---\nText.\n",
        f"---\n{NAMED}---\nText.\n".replace("\n", "\r\n"),
        f"--- \n\n{NAMED}---\t\nText.\n",
        f"---\n{NAMED}---\n\n---\n\nText.\n",
        "---\nname: a\ndescription: >\n  Writes\n  reports.\n---\nText.\n",
        "---\nname: a\ndescription: x: y\ntools:\n\t- Read\n---\nText.\n",
    ],
)
def test_nothing_is_lost_where_the_client_reads_what_is_meant(text):
    assert said(predict(text, file="raw.md")) == []


@pytest.mark.parametrize(
    ("text", "state", "keys"),
    [
        ("# none\n", "none", {}),
        ("---\na: 1\n---\n", "read", {"a": 1}),
        ("---\na: b: c\n---\n", "repaired", {"a": "b: c"}),
        ("---\na: b: c\nd: |\n  e\n---\n", "failed", {}),
        ("---\na: b: c\nd: 'e' # f\n---\n", "repaired", {"a": "b: c", "d": "'e' # f"}),
        ("---\na: [b, @c]\n---\n", "repaired", {"a": "[b, @c]"}),
        ("---\na: \\d: x\n---\n", "repaired", {"a": "\\d: x"}),
        ("---\nx:\n\ty: 1\n---\n", "repaired", {"x": {"y": 1}}),
        ("---\na: b\nc\n---\n", "failed", {}),
        ("---\n- a\n---\n", "read", {}),
        ("---\na: 1\n...\nb: 2\n---\n", "read", {}),
        ("---\na: 1\na: 2\n---\n", "read", {"a": 2}),
        ("---\na: x\x07y\n---\n", "read", {"a": "x\x07y"}),
        (
            "---\na: yes\nb: 1.10\nc: 017\nd: 2026-01-01\n---\n",
            "read",
            {"a": "yes", "b": 1.1, "c": 17, "d": "2026-01-01"},
        ),
    ],
)
def test_a_header_is_read_as_the_client_reads_it(text, state, keys):
    found = read(text)
    assert (found.state, found.keys) == (state, keys)


SKILLS = [
    ("", "plugin", True, []),
    ("allowed-tools: Read\nargument-hint: '[month]'\narguments: month\n", "plugin", True, []),
    ("version: 1.0\nlicense: MIT\nmetadata: {a: b}\n", "plugin", True, []),
    ("when-to-use: x\n", "plugin", True, ["ignored-key"]),
    ("category: x\n", "project", True, ["ignored-key"]),
    ("metadata: x\n", "plugin", True, ["dropped-value"]),
    ("context: forked\n", "plugin", True, ["dropped-value"]),
    ("context: fork\nagent: b\n", "plugin", True, []),
    ("agent: b\n", "plugin", True, ["agent-without-fork"]),
    ("user-invocable: sometimes\n", "plugin", True, ["dropped-value"]),
    ("disable-model-invocation: yes\n", "plugin", False, []),
    ("disable-model-invocation: maybe\n", "plugin", True, ["dropped-value"]),
    ("paths: '*.sql'\n", "project", False, []),
    ("paths: '*.sql'\n", "plugin", True, ["ignored-key"]),
    ("argument-hint: [month]\n", "plugin", True, ["changed-value", "changed-value"]),
    ("shell: zsh\n", "plugin", True, ["dropped-value"]),
    ("hooks:\n  PreToolUse:\n    - command: x\nallowed-tools: Read\n", "plugin", True, ["dropped-value"]),
]


@pytest.mark.parametrize(("header", "scope", "listed", "codes"), SKILLS)
def test_each_loss_of_a_skill_is_said(header, scope, listed, codes):
    prediction = predict(NAMED + header, "skill", scope)
    assert (prediction.loads, prediction.effective["listed"]) == (True, listed)
    assert [code for code, _, _ in said(prediction)] == codes


@pytest.mark.parametrize(("scope", "listed"), [("plugin", False), ("project", True)])
def test_a_skill_without_a_description_has_its_first_line_and_a_plugin_does_not_tell_of_it(scope, listed):
    prediction = predict("name: a\n", "skill", scope, body="\n# The report\n\nText.\n")
    assert (prediction.description, prediction.effective["listed"]) == ("The report", listed)
    assert said(prediction) == [("no-description", "error", 1)]


def test_a_hook_that_cannot_be_loaded_takes_the_permissions_of_a_skill_away():
    header = f"{NAMED}allowed-tools: Read\nhooks:\n  PreToolUse:\n    - command: x\n"
    prediction = predict(header, "skill")
    assert (prediction.tools, "hooks" in prediction.effective) == (None, False)
    assert {key for key, _, _ in prediction.dropped} == {"hooks", "allowed-tools"}


def test_the_folder_names_a_skill_and_small_letters_make_none():
    other = host.predict(
        frontmatter.parse_leniently(f"---\nname: b\n{SAYS}---\n", "skills/a/SKILL.md"), "skill", "plugin"
    )
    assert (other.name, said(other)) == ("a", [("folder-names-skill", "warning", 2)])
    small = host.predict(frontmatter.parse_leniently(f"---\n{NAMED}---\n", "skills/a/skill.md"), "skill", "plugin")
    assert (small.loads, said(small)) == (False, [("not-a-skill", "error", 1)])


def test_keys_without_effect_depend_on_the_place():
    keys = ["name", "hooks", "role", "when-to-use", "permissionMode"]
    assert host.ignored_keys("agent", keys, "plugin") == ("hooks", "role", "permissionMode")
    assert host.ignored_keys("agent", keys, "project") == ("role", "when-to-use")
    assert predict(f"{NAMED}role: x\nhooks: {{}}\n").ignored == ("role", "hooks")


def test_every_key_of_the_record_is_used_somewhere_or_kept():
    for kind in ("agent", "skill"):
        for key in client().keys(kind).values():
            assert key.is_used("plugin") or key.is_used("project"), key.name
            assert key.is_used("plugin") or key.instead, key.name
    assert not client().tools & client().other_tools
    assert set(client().old_tools.values()) <= client().tools | client().other_tools


@pytest.mark.parametrize(
    ("value", "count", "effort", "switch"),
    [
        (5, 5, 5, None),
        ("5", 5, 5, None),
        ("5 turns", 5, 5, None),
        (0, None, 0, False),
        (-3, None, -3, None),
        (2.5, None, None, None),
        (5.0, 5, 5, None),
        (True, None, None, True),
        ("yes", None, None, True),
        ("off", None, None, False),
        ("med", None, "medium", None),
        ("MAX", None, "max", None),
        (float("inf"), None, None, None),
        (float("nan"), None, None, None),
        (None, None, None, None),
        ([5], 5, 5, None),
        ({}, None, None, None),
    ],
)
def test_values_are_turned_as_the_client_turns_them(value, count, effort, switch):
    assert (values.count(value), values.effort(value), values.switch(value)) == (count, effort, switch)
