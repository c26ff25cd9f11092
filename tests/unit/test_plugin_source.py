from __future__ import annotations

import os

import pytest

from orchestrator.plugin import source
from orchestrator.plugin.problems import DefinitionError

TEXT = "---\nname: é\n---\nBody 😀\n"


@pytest.fixture
def read(tmp_path):
    def read_bytes(content):
        path = tmp_path / "agent.md"
        path.write_bytes(content)
        return source.read(path, "agent.md")

    return read_bytes


def refusal(read, *given):
    with pytest.raises(DefinitionError) as refused:
        read(*given)
    (problem,) = refused.value.problems
    assert problem.fix
    return problem


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", source.MARK])
def test_line_ends_and_a_byte_order_mark_change_neither_text_nor_digest(read, newline, mark):
    raw = mark + TEXT.replace("\n", newline)
    found = read(raw.encode())
    assert (found.text, found.raw, found.newline, found.bom) == (TEXT, raw, newline, bool(mark))
    assert found.sha256 == read(TEXT.encode()).sha256


def test_of_mixed_line_ends_the_most_frequent_counts(read):
    assert read(b"a\r\nb\r\nc\n").newline == "\r\n"
    assert read(b"a\nb\r\nc\n").newline == "\n"
    assert read(b"a\rb\rc\n").newline == "\r"
    assert read(b"a\r\nb\rc\n").text == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("content", "code", "place", "says"),
    [
        (b"", "empty-file", (1, 1), "empty"),
        (b" \r\n\t\n", "empty-file", (1, 1), "empty"),
        (b"\xef\xbb\xbf\n", "empty-file", (1, 1), "empty"),
        ("---\nname: é\n---\n".encode() + b"a\xff", "not-utf-8", (4, 2), "0xff"),
        ("é".encode() + b"\xe9", "not-utf-8", (1, 2), "0xe9"),
        (b"\xef\xbb\xbfa\xe9", "not-utf-8", (1, 2), "0xe9"),
        (b"a\r\nb\rc\xed\xa0\x80", "not-utf-8", (3, 2), "0xed"),
        (TEXT.encode("utf-16"), "not-utf-8", (1, 1), "UTF-16"),
        ("---\nname: a\n---\n".encode("utf-16-le"), "not-utf-8", (1, 1), "UTF-16"),
        ("---\nname: a\n---\n".encode("utf-16-be"), "not-utf-8", (1, 1), "UTF-16"),
        (TEXT.encode("utf-32"), "not-utf-8", (1, 1), "UTF-32"),
        ("---\nné: ".encode() + b"a\0b", "binary-file", (2, 6), "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary-file", (3, 1), "binary"),
    ],
)
def test_what_is_no_text_of_ours_is_refused_at_its_place(read, content, code, place, says):
    problem = refusal(read, content)
    assert (problem.file, problem.code, (problem.line, problem.column)) == ("agent.md", code, place)
    assert says in problem.message


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_refused(read):
    assert len(read(b"a" * source.MAX_BYTES).text) == source.MAX_BYTES
    problem = refusal(read, b"a" * (source.MAX_BYTES + 1))
    assert (problem.code, problem.message) == ("file-too-large", "1,000,001 bytes, at most 1,000,000 are read")


def test_a_huge_file_is_refused_by_its_size_and_not_read_to_its_end(tmp_path):
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert refusal(source.read, path).message.startswith("1,099,511,627,776 bytes")


@pytest.mark.parametrize("kind", ["missing", "directory", "pipe", "broken link", "link to itself", "name too long"])
def test_what_cannot_be_read_is_said_and_does_not_hang(tmp_path, kind):
    path = tmp_path / ("x" * 300 if kind == "name too long" else "it.md")
    if kind == "directory":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif "link" in kind:
        path.symlink_to(path if kind == "link to itself" else tmp_path / "absent")
    problem = refusal(source.read, path, "shown.md")
    assert (problem.code, problem.place) == ("unreadable", "shown.md")


def test_a_text_in_memory_is_a_source_too():
    assert source.of_text(TEXT, "a.md").text == TEXT
    problem = refusal(source.of_text, "é\nb\ud800", "a.md")
    assert (problem.code, problem.line, problem.column) == ("not-utf-8", 2, 2)
