from __future__ import annotations

import random

import pytest

from orchestrator.plugin import repair, yamlheader
from orchestrator.plugin.yamlheader import NotYaml

EXAMPLE = '<example>Context: A user. user: "Make it: now" <commentary>Since: x</commentary></example>'
# The header, the values that are meant, the lines that are told of.
REPAIRED = [
    ("description: Use it: now", {"description": "Use it: now"}, [1]),
    (f"name: a\ndescription: Use it. {EXAMPLE}", {"name": "a", "description": f"Use it. {EXAMPLE}"}, [2]),
    ("description: Use it:", {"description": "Use it:"}, [1]),
    (r"description: Use it: a\n\n<example>\nb", {"description": r"Use it: a\n\n<example>\nb"}, [1]),
    ("description: @team: it", {"description": "@team: it"}, [1]),
    ("description: @team", {"description": "@team"}, [1]),
    ("description: `psql` runs", {"description": "`psql` runs"}, [1]),
    ("description: %d rows", {"description": "%d rows"}, [1]),
    ("description: *bold* words", {"description": "*bold* words"}, [1]),
    ("description: **bold**", {"description": "**bold**"}, [1]),
    ("description: &amp and", {"description": "&amp and"}, [1]),
    ("description: !important text", {"description": "!important text"}, [1]),
    ("description: - one", {"description": "- one"}, [1]),
    ("description: ? one", {"description": "? one"}, [1]),
    ("description: | one", {"description": "| one"}, [1]),
    ("description: > one", {"description": "> one"}, [1]),
    ("description: [Beta] writes reports", {"description": "[Beta] writes reports"}, [1]),
    ("description: {{name}}", {"description": "{{name}}"}, [1]),
    ("description: [Beta]", {"description": "[Beta]"}, [1]),
    ("argument-hint: [file] [mode]", {"argument-hint": "[file] [mode]"}, [1]),
    ("argument-hint: [file]", {"argument-hint": "[file]"}, [1]),
    ("description: Fixes issue #12 and more", {"description": "Fixes issue #12 and more"}, [1]),
    ("description: #1 in reports", {"description": "#1 in reports"}, [1]),
    ("description: Use: it # 1 of them", {"description": "Use: it # 1 of them"}, [1]),
    ('description: "one" and "two"', {"description": '"one" and "two"'}, [1]),
    ('description: "He says "so": there"', {"description": 'He says "so": there'}, [1]),
    ("description: 'It's so'", {"description": "It's so"}, [1]),
    (r'description: "Matches \d+ and \n"', {"description": "Matches \\d+ and \n"}, [1]),
    ('description: "No end', {"description": "No end"}, [1]),
    ("description: 'No end: x", {"description": "No end: x"}, [1]),
    ("tools: [Read, Grep", {"tools": ["Read", "Grep"]}, [1]),
    ("tools: [Read, @x, Bash(git log, git show)]", {"tools": ["Read", "@x", "Bash(git log, git show)"]}, [1]),
    ("tools: *", {"tools": "*"}, [1]),
    ("tools: - Read", {"tools": ["Read"]}, [1]),
    ("tools:\n  - Read\n  - @x\n  - *", {"tools": ["Read", "@x", "*"]}, [3, 4]),
    ("tools:\n  * Read\n  * Bash", {"tools": ["Read", "Bash"]}, [2, 3]),
    ("tools:\n  • Read\n  • Bash: x", {"tools": ["Read", "Bash: x"]}, [2, 3]),
    ("tools:\n\t- Read\n\t- Bash", {"tools": ["Read", "Bash"]}, [2, 3]),
    ("x:\n\ty:\n\t\tz: 1", {"x": {"y": {"z": 1}}}, [2, 3]),
    ("name:a\nmodel: opus", {"name": "a", "model": "opus"}, [1]),
    ("name:\u00a0a\nmodel: b: c", {"name": "a", "model": "b: c"}, [1, 2]),
    ("name: a\ndescription: one\ntwo\nmodel: opus", {"name": "a", "description": "one\ntwo", "model": "opus"}, [2]),
    (
        'description: Use it.\nExamples:\n<example>\nuser: "x: y"\nname of it\n</example>\nmodel: opus',
        {"description": 'Use it.\nExamples:\n<example>\nuser: "x: y"\nname of it\n</example>', "model": "opus"},
        [1],
    ),
    ("description: one\n  two: three\n\n  four", {"description": "one\ntwo: three\n\nfour"}, [1]),
    ("description:\n  one: two: three", {"description": "one: two: three"}, [1]),
    ("description:\n    one: two\n  three", {"description": "  one: two\nthree"}, [1]),
    ("description: |\none: two\nthree\nmodel: opus", {"description": "one: two\nthree\n", "model": "opus"}, [1]),
    ("description: >-\nOne\ntwo.\nmodel: opus", {"description": "One two.", "model": "opus"}, [1]),
    ("x:\n  y: a: b\n  z: 1", {"x": {"y": "a: b", "z": 1}}, [2]),
    ("x:\n  - y: a: b\n    z: 1\n  - c", {"x": [{"y": "a: b", "z": 1}, "c"]}, [2]),
    ("x:\n  - a: b: c", {"x": ["a: b: c"]}, [2]),
    ("Some words\nname: a\nmodel: b: c", {"name": "a", "model": "b: c"}, [1, 3]),
    ("name: a\n...\nmodel: opus", {"name": "a", "model": "opus"}, [2]),
    ("name: a\x07b\nmodel: \x00opus", {"name": "ab", "model": "opus"}, [1, 2]),
    ("a: &x 1\nb: &x 2\nc: d: e", {"a": "&x 1", "b": "&x 2", "c": "d: e"}, [1, 2, 3]),
    ("only words", {}, [1]),
]
SOUND = [
    "",
    "# nothing",
    "name: a\ndescription: Use it.",
    "name: a # the name\ndescription: Use it.  # when",
    "name: a\n# ---\ntools: [Read, 'a: b', Bash(git *)]\nhooks:\n  PreToolUse:\n    - matcher: Bash",
    'description: "a: b # c"\nmodel: opus',
    "description: |\n  a: b # c\n  <example>",
    "description: >-\n  a\n  b",
    "description: a\n  b c\nmodel: opus",
    "tools: Read, Bash # two",
    "tools:\n- Read\n- Bash",
    "description: a#b, http://x.y/#z and 50% of `it`",
    "x-orchestrate: {version: 1.0.0, schema: 1}",
]


@pytest.mark.parametrize(("header", "data", "lines"), REPAIRED)
def test_what_the_author_meant_is_kept_whole_and_each_repair_is_told(header, data, lines):
    found = repair.repaired(header)
    assert yamlheader.read(f"{found.text}\n").data == data
    assert [problem.line for problem in found.problems] == lines
    assert all(problem.message and problem.fix and problem.column for problem in found.problems)


@pytest.mark.parametrize("header", SOUND)
def test_a_sound_header_stays_as_it_is(header):
    found = repair.repaired(header)
    assert (found.text, found.problems) == (header, ())


def test_comments_blank_lines_and_sound_entries_stay_letter_for_letter():
    header = (
        "# one\nname:   a   # two\n\ndescription: b: c   # three\n# four: x\n"
        "tools:\n  # five\n  - Read  # six\n  - @x\n#"
    )
    text = repair.repaired(header).text
    assert text == header.replace("b: c", '"b: c"').replace("@x", '"@x"')


def test_lines_say_where_each_line_comes_from():
    found = repair.repaired("name: a\ndescription: one\n  two: x\nmodel: opus")
    assert found.text == "name: a\ndescription: |-\n  one\n  two: x\nmodel: opus"
    assert found.lines == (1, 2, 2, 3, 4)


def test_a_repair_names_the_key_the_place_and_the_reason():
    (problem,) = repair.repaired("name: é\ndescription: Écrit: oui").problems
    assert (problem.code, problem.pointer, problem.line, problem.column) == ("bad-yaml", ("description",), 2, 14)
    assert "colon" in problem.message
    (cut,) = repair.repaired("description: See #12 too").problems
    assert (cut.code, cut.column) == ("text-not-whole", 14)
    assert "#12" in cut.message


def test_whatever_stands_in_a_header_becomes_yaml_and_is_not_repaired_twice():
    shuffle = random.Random(7)
    pieces = [line for header, _, _ in REPAIRED for line in header.split("\n")] + [
        *(line for header in SOUND for line in header.split("\n")),
        *(
            "  more",
            "\ttab",
            "- item",
            "  - x: y",
            "    z: w",
            "{a: b}: c",
            "a: *x",
            "text at the margin",
            "? x",
            "!!x",
        ),
        *(
            "<example>",
            "</example>",
            "user: x: y",
            "  |",
            "&a",
            "{{x}}",
            "key: |",
            "key: >",
            "  'q",
            "]",
            "a: [",
            "...",
        ),
    ]
    for _ in range(1_500):
        header = "\n".join(shuffle.choices(pieces, k=shuffle.randint(1, 7)))
        found = repair.repaired(header)
        yamlheader.read(f"{found.text}\n")
        assert repair.repaired(found.text).text == found.text, header
        assert len(found.lines) == len(found.text.split("\n")), header
        assert found.problems or found.text == header, header
        if not _is_yaml(header):
            assert found.problems, header


def _is_yaml(header):
    try:
        return yamlheader.read(f"{header}\n") is not None
    except NotYaml:
        return False


@pytest.mark.parametrize(
    "header",
    [
        "a: b: c\n" + "\n" * 200_000 + "x: y",
        "description: a: b" + " #" * 200_000,
        "description: a: b" + " " * 400_000 + "#",
        "description: x: y\n" + "<example>\nuser: z\n" * 20_000,
        "a: b: c\n" + "".join(f"{' ' * depth}a:\n" for depth in range(700)),
        'description: "' + '"a ' * 100_000,
    ],
    ids=["blank lines", "number signs", "blanks", "examples", "depth", "quotes"],
)
def test_a_hostile_header_is_repaired_in_the_end(header):
    yamlheader.read(repair.repaired(header).text)
