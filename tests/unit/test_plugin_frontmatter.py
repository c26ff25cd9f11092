from __future__ import annotations

import pytest

from orchestrator.plugin import frontmatter
from orchestrator.plugin.problems import DefinitionError

BOMB = "---\na: &a [1, 1]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = "---\na: " + "{b: " * 25 + "1" + "}" * 25 + "\n---\n"
# Text, code, line, column. Each is refused, and read leniently says the same.
BROKEN = [
    ("name: a\n", "no-frontmatter", 1, 1),
    ("# Title\n\nText.\n\n---\n\nMore.\n\n---\n", "no-frontmatter", 1, 1),
    ("\n\n---\nname: a\n---\n", "header-not-first", 3, 1),
    ("<!-- by hand -->\n---\nname: a\n---\n", "header-not-first", 2, 1),
    ("```markdown\n---\nname: a\n---\nText.\n```\n", "header-not-first", 1, 1),
    ("----\nname: a\n---\n", "bad-fence", 1, 1),
    ("---\nname: a\n", "open-frontmatter", 1, 1),
    ("---\nname: a\n\nYou write.\n", "open-frontmatter", 1, 1),
    ("---\nname: a\n...\nYou write.\n", "open-frontmatter", 3, 1),
    ("---\n- a\n---\n", "not-a-mapping", 2, 1),
    ("---\njust a text\n---\n", "not-a-mapping", 2, 1),
    ("---\n---\n", "not-a-mapping", 2, 1),
    ("---\n# nothing\n---\n", "not-a-mapping", 2, 1),
    ("---\nname: a\nx:\n  y: 1\n  y: 2\n---\n", "duplicate-key", 5, 3),
    ("---\nname: é\n日本: [{x: 1, y: 2, x: 3}]\n---\n", "duplicate-key", 3, 19),
    ('---\nname: a\n"name": b\n---\n', "duplicate-key", 3, 1),
    ("---\na: &a [1]\nb: *a\n---\n", "alias", 3, 1),
    ("---\na: &a [*a]\n---\n", "alias", 2, 1),
    (BOMB + "---\n", "alias", 3, 1),
    (DEEP, "too-deep", 2, 81),
    ("---\n? [a]\n: b\n---\n", "bad-key", 2, 3),
    ("---\na: b\n{a: b}: c\n---\n", "bad-key", 3, 1),
    ("---\nname: !x a\n---\n", "yaml-tag", 2, 1),
]
# The same, but the lenient reader has a place and a reason of its own, since it reads them.
NOT_YAML = [
    ("---\nname: a\ndescription: b: c\n---\n", 3, 15),
    ("---\nname: 日本 😀: c\n---\n", 2, 11),
    ("---\r\nname: a\r\ndescription: b: c\r\n---\r\n", 3, 15),
    ("---\nname: a\ntools: [x\n---\n", 4, 1),
    ("---\nname: a\n\tb: c\n---\n", 3, 1),
    ("---\nname: é\x07\n---\n", 2, 8),
]


def of(problems, code):
    return next(each for each in problems if each.code == code)


@pytest.mark.parametrize(("text", "code", "line", "column"), BROKEN)
def test_a_broken_header_is_refused_at_its_place(text, code, line, column):
    with pytest.raises(DefinitionError) as refused:
        frontmatter.parse(text, "agent.md")
    problem = of(refused.value.problems, code)
    assert (problem.file, problem.line, problem.column) == ("agent.md", line, column)
    assert problem.fix


@pytest.mark.parametrize(("text", "code", "line", "column"), BROKEN)
def test_read_leniently_says_the_same(text, code, line, column):
    problem = of(frontmatter.parse_leniently(text, "agent.md").problems, code)
    assert (problem.file, problem.line, problem.column, problem.severity) == ("agent.md", line, column, "error")


@pytest.mark.parametrize(("text", "line", "column"), NOT_YAML)
def test_what_is_not_yaml_is_refused_at_its_place(text, line, column):
    with pytest.raises(DefinitionError) as refused:
        frontmatter.parse(text, "agent.md")
    (problem,) = refused.value.problems
    assert (problem.code, problem.line, problem.column) == ("bad-yaml", line, column)


@pytest.mark.parametrize("text", [row[0] for row in NOT_YAML])
def test_what_is_not_yaml_is_read_leniently_and_said(text):
    document = frontmatter.parse_leniently(text, "agent.md")
    assert document.data["name"]
    assert {problem.code for problem in document.problems} == {"bad-yaml"}
    assert document.repairs == document.problems


def test_both_places_of_a_key_are_named_and_the_last_counts_as_in_the_client():
    document = frontmatter.parse_leniently("---\na: {x: 1}\nb: 1\na: [2]\n---\n", "agent.md")
    assert document.data == {"a": [2], "b": 1}
    assert '"a" appears twice, first in line 2' in of(document.problems, "duplicate-key").message
    assert document.place(("a",)) == frontmatter.Place(line=4, column=1)
    assert ("a", "x") not in document.places


def test_a_bomb_of_aliases_is_read_to_a_limit():
    document = frontmatter.parse_leniently(f"{BOMB}---\n", "agent.md")
    assert of(document.problems, "too-many-values").message.startswith("more than 10,000 values")
    assert len(document.places) <= 10_100


@pytest.mark.parametrize("value", ["[" * 50_000, "{a: " * 900, "- " * 50_000])
def test_deep_nesting_is_no_danger(value):
    document = frontmatter.parse_leniently(f"---\nname: a\nx: {value}\n---\n", "agent.md")
    assert document.problems


def test_every_value_keeps_its_line_and_column():
    document = frontmatter.parse("---\nname: a\ntools:\n  - Read\n  - Bash\n---\nbody\n", "agent.md")
    assert document.data == {"name": "a", "tools": ["Read", "Bash"]}
    assert document.place(("tools", 1)) == frontmatter.Place(line=5, column=5)
    assert document.place(("tools", 9)) == document.place(("tools",))
    assert (document.body, document.body_line) == ("body\n", 7)


@pytest.mark.parametrize(
    "text", ["---\nname: é😀, {x}: 1\nx: [日本, é, b]\n---\n", "---\nname: a\u2028b\u0085c: d\nx: [日本, é, b]\n---\n"]
)
def test_places_count_characters_and_lines_of_the_file(text):
    document = frontmatter.parse_leniently(text, "agent.md")
    assert document.place(("x", 2)) == frontmatter.Place(line=3, column=12)


def test_places_are_those_of_the_file_also_behind_a_repair_that_adds_a_line():
    text = "---\nname: a\ndescription: one\n  two: three\n  - four: x\ntools:\n  - Read\n---\nBody\n"
    document = frontmatter.parse_leniently(text, "agent.md")
    assert document.data["description"] == "one\ntwo: three\n- four: x"
    assert document.place(("description",)) == frontmatter.Place(line=3, column=1)
    assert document.place(("tools", 0)) == frontmatter.Place(line=7, column=5)
    assert (document.body, document.body_line) == ("Body\n", 9)


def test_a_byte_order_mark_windows_lines_and_spaces_after_the_fence_are_read(tmp_path):
    path = tmp_path / "agent.md"
    path.write_bytes(b"\xef\xbb\xbf--- \r\nname: a\r\n---\t\r\nbody")
    for read in (frontmatter.read, frontmatter.read_leniently):
        document = read(path)
        assert (document.data, document.body, document.problems) == ({"name": "a"}, "body", ())
        assert document.source.newline == "\r\n"


def test_values_are_those_of_the_client_and_notes_say_where_other_readers_differ():
    text = "---\na: yes\nb: 2026-01-01\nc: 1:30\nd: 1_000\ne: 017\nversion: 1.10\nf: 0x1f\ng: 'on'\n---\n"
    document = frontmatter.parse_leniently(text, "agent.md")
    values = {"a": "yes", "b": "2026-01-01", "c": "1:30", "d": "1_000", "e": 17, "version": 1.1, "f": 31, "g": "on"}
    assert document.data == values == frontmatter.parse(text, "agent.md").data
    notes = [(each.code, each.severity, each.line, each.column) for each in document.problems]
    expected = [("yaml-1.1", "note", line, 4) for line in range(2, 7)] + [("number-for-text", "note", 7, 10)]
    assert notes == expected


def test_text_before_the_header_is_kept_and_lines_after_it_keep_their_numbers():
    document = frontmatter.parse_leniently("<!-- x -->\n---\nname: a\n---\nOne.\nTwo.\n", "agent.md")
    assert document.data == {"name": "a"}
    assert document.body == "<!-- x -->\nOne.\nTwo.\n"
    assert document.body_line + document.body.split("\n").index("Two.") == 6


def test_a_file_inside_a_code_block_is_read_without_the_fences():
    document = frontmatter.parse_leniently("```markdown\n---\nname: a\n---\nOne.\n```\n", "agent.md")
    assert (document.data, document.body, document.body_line) == ({"name": "a"}, "One.\n", 5)


@pytest.mark.parametrize(
    ("text", "data", "body", "body_line"),
    [
        ("---\nname: a\ntools:\n- Read\n\n# Title\nText.\n", {"name": "a", "tools": ["Read"]}, "\n# Title\nText.\n", 5),
        ("---\nname: a\nText without a blank line.\n", {"name": "a"}, "Text without a blank line.\n", 3),
        ("---\nname: a\n\nmodel: opus\n", {"name": "a", "model": "opus"}, "", 5),
        ("---\nname: a\n...\nmodel: opus\n---\nText.\n", {"name": "a", "model": "opus"}, "Text.\n", 6),
        ("---\nname: a\n...\nText.\n\n---\n\nMore.\n", {"name": "a"}, "Text.\n\n---\n\nMore.\n", 4),
        ("---\nname: a\n-----\nText.\n", {"name": "a"}, "Text.\n", 4),
        ("Text alone.\n", {}, "Text alone.\n", 1),
    ],
)
def test_a_header_that_is_not_closed_as_it_has_to_be_ends_where_the_text_begins(text, data, body, body_line):
    document = frontmatter.parse_leniently(text, "agent.md")
    assert (document.data, document.body, document.body_line) == (data, body, body_line)
    assert document.problems


def test_a_second_header_is_said_and_a_ruler_is_none():
    two = frontmatter.parse_leniently("---\nname: a\n---\n---\ndescription: b\n---\nText.\n", "agent.md")
    assert [(each.code, each.line) for each in two.problems] == [("two-headers", 4)]
    assert two.data == {"name": "a"}
    assert frontmatter.parse("---\nname: a\n---\n\n---\n\nText.\n\n---\n", "agent.md").problems == ()
    assert frontmatter.parse("---\nname: a\n---\n```yaml\n---\nname: b\n---\n```\n", "agent.md").problems == ()


def test_a_repair_that_the_client_makes_as_well_is_a_warning_and_any_other_an_error():
    same = frontmatter.parse_leniently("---\nname: a\ndescription: b: c\n---\n", "agent.md")
    assert [each.severity for each in same.problems] == ["warning"]
    lost = frontmatter.parse_leniently("---\nname: a\ndescription: b: c\n---\n".replace("\n", "\r\n"), "agent.md")
    assert [each.severity for each in lost.problems] == ["error"]


@pytest.mark.parametrize(
    ("content", "code"), [(b"---\nname: \xff\n---\n", "not-utf-8"), (b"-" * 1_000_001, "file-too-large")]
)
def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path, content, code):
    path = tmp_path / "agent.md"
    path.write_bytes(content)
    for read in (frontmatter.read, frontmatter.read_leniently):
        with pytest.raises(DefinitionError) as refused:
            read(path)
        assert refused.value.problems[0].code == code
