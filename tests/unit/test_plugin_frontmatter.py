from __future__ import annotations

import pytest

from orchestrator.plugin import frontmatter
from orchestrator.plugin.problems import DefinitionError


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("name: a\n", "no-frontmatter", 1, 1),
        ("---\nname: a\n", "open-frontmatter", 1, 1),
        ("---\n- a\n---\n", "not-a-mapping", 2, 1),
        ("---\n---\n", "not-a-mapping", 2, 1),
        ("---\nname: a\ndescription: b: c\n---\n", "bad-yaml", 3, 15),
        ("---\nname: a\ntools: [x\n---\n", "bad-yaml", 4, 1),
        ("---\nname: a\nx:\n  y: 1\n  y: 2\n---\n", "duplicate-key", 5, 3),
        ("---\na: &a [1]\nb: *a\n---\n", "alias", 2, 4),
        ("---\na: " + "{b: " * 25 + "1" + "}" * 25 + "\n---\n", "too-deep", 2, 84),
        ("---\n? [a]\n: b\n---\n", "bad-key", 2, 3),
    ],
)
def test_a_broken_header_is_refused_at_its_place(text, code, line, column):
    with pytest.raises(DefinitionError) as refused:
        frontmatter.parse(text, "agent.md")
    problem = refused.value.problems[0]
    assert (problem.file, problem.code, problem.line, problem.column) == ("agent.md", code, line, column)
    assert problem.fix


def test_every_value_keeps_its_line_and_column():
    document = frontmatter.parse("---\nname: a\ntools:\n  - Read\n  - Bash\n---\nbody\n", "agent.md")
    assert document.data == {"name": "a", "tools": ["Read", "Bash"]}
    assert document.place(("tools", 1)) == frontmatter.Place(line=5, column=5)
    assert document.place(("tools", 9)) == document.place(("tools",))
    assert (document.body, document.body_line) == ("body\n", 7)


def test_a_byte_order_mark_windows_lines_and_spaces_after_the_fence_are_read(tmp_path):
    path = tmp_path / "agent.md"
    path.write_bytes(b"\xef\xbb\xbf--- \r\nname: a\r\n---\t\r\nbody")
    assert frontmatter.read(path).data == {"name": "a"}


@pytest.mark.parametrize(
    ("content", "code"), [(b"---\nname: \xff\n---\n", "not-utf-8"), (b"-" * 1_000_001, "file-too-large")]
)
def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path, content, code):
    path = tmp_path / "agent.md"
    path.write_bytes(content)
    with pytest.raises(DefinitionError) as refused:
        frontmatter.read(path)
    assert refused.value.problems[0].code == code
