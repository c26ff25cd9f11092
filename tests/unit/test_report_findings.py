"""Findings as a compiler prints them, as annotations of GitHub, and as SARIF."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.plugin.problems import Problem, is_at_least
from orchestrator.report import findings, sarif
from orchestrator.report.findings import Excerpts, Rule

OFFICIAL = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.schema.json").read_text())
CODES = st.from_regex(r"\A[a-z]{1,8}(-[a-z]{1,8})?\Z")
RULES = {
    "wrong": Rule(code="wrong", severity="error", why="it is wrong", mend="mend it", source="https://example.org/x")
}


def problem(**given):
    usual = {"code": "wrong", "message": "a value is wrong", "fix": "mend it", "file": "a.md", "line": 2, "column": 3}
    return Problem(**(usual | given))


PROBLEMS = st.builds(
    problem,
    code=CODES,
    message=st.text(min_size=1),
    fix=st.text(),
    severity=st.sampled_from(["error", "warning", "note"]),
    file=st.sampled_from(["", "a.md", "a b%#?é.md", "b:c,d.md", "<stdin>", "/elsewhere/x.md", "../up.md"]),
    line=st.integers(0, 5),
    column=st.integers(0, 30),
    end_line=st.integers(0, 6),
    end_column=st.integers(0, 30),
    source=st.sampled_from(["", "https://example.org/", "no address"]),
)
# Controls but for a tab and the end of a line, the escape of eight-bit terminals, and what turns text round.
OBEYED = {chr(code) for code in (*range(9), *range(11, 32), 127, 0x9B, 0x202E)}
TEXT = "first\nse\tcond 𝒳 数据 line\n\x1b[31mred\nfourth\n"


@pytest.fixture
def excerpts(tmp_path):
    return Excerpts(tmp_path, {"a.md": TEXT})


def shown(*problems, excerpts, **options):
    return "\n".join(findings.text(problems, excerpts, **options))


def log(problems, excerpts, root):
    return sarif.log(problems, root=root, excerpts=excerpts, rules=RULES, version="1.2.3", category="a-check")


def results(*problems, excerpts, root):
    return log(problems, excerpts, root)["runs"][0]["results"]


@functools.cache
def official():
    from jsonschema import Draft4Validator

    return Draft4Validator(OFFICIAL)


def official_faults(document):
    return [error.message for error in official().iter_errors(document)]


def test_a_finding_shows_place_line_caret_and_mend(excerpts):
    found = shown(problem(line=1, column=2, end_line=1, end_column=5), excerpts=excerpts)
    assert found.splitlines() == [
        "a.md:1:2: error: wrong: a value is wrong",
        "    1 | first",
        "      |  ^~~",
        "  fix: Mend it.",
    ]


@pytest.mark.parametrize(
    ("column", "end_column", "source", "caret"),
    [
        (1, 0, "se    cond 𝒳 数据 line", "^"),
        (4, 8, "se    cond 𝒳 数据 line", "      ^~~~"),
        (11, 13, "se    cond 𝒳 数据 line", "             ^~~~"),
        (14, 18, "se    cond 𝒳 数据 line", "                  ^~~~"),
        (99, 0, "se    cond 𝒳 数据 line", "                      ^"),
    ],
)
def test_the_caret_stands_under_its_character_also_behind_tabs_and_wide_letters(
    excerpts, column, end_column, source, caret
):
    found = shown(problem(column=column, end_line=2, end_column=end_column), excerpts=excerpts).splitlines()
    assert found[1] == f"    2 | {source}"
    assert found[2] == f"      | {caret}"


def test_a_long_line_is_cut_around_the_place(tmp_path):
    line = "x" * 500 + "HERE" + "y" * 500
    excerpts = Excerpts(tmp_path, {"a.md": line})
    _, source, caret, _ = shown(problem(line=1, column=501, end_line=1, end_column=505), excerpts=excerpts).splitlines()
    assert len(source) < 130
    assert source[caret.index("^") :].startswith("HERE")
    assert source.startswith("    1 | …x")
    assert source.endswith("y…")


def test_what_would_be_obeyed_by_a_terminal_is_written_as_an_escape(excerpts):
    hostile = problem(message="\x1b[2J\x07 gone\nnext \u202e", fix="\x9b31m", file="a.md", line=3, column=6)
    found = shown(hostile, excerpts=excerpts)
    assert "\x1b" not in found
    assert "    3 | \\u001b[31mred" in found
    assert "      |           ^" in found
    assert "\\u001b[2J\\u0007 gone\\nnext \\u202e" in found


def test_a_line_with_a_secret_is_not_quoted(excerpts):
    both = [problem(code="secret", line=1), problem(code="other", line=1), problem(code="other", line=2)]
    found = shown(*both, excerpts=excerpts, secret={"secret"})
    assert "first" not in found
    assert "    2 | se" in found


def test_a_file_that_is_not_there_is_not_quoted(tmp_path):
    found = shown(problem(file="absent.md"), excerpts=Excerpts(tmp_path))
    assert found == "absent.md:2:3: error: wrong: a value is wrong\n  fix: Mend it."


def test_lines_of_a_file_are_those_that_the_reader_counts(tmp_path):
    (tmp_path / "b.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\x0b\xe2\x80\xa8 still two\rthree \xff")
    excerpts = Excerpts(tmp_path)
    assert [excerpts.line("b.md", number) for number in range(5)] == [
        None,
        "one",
        "two\x0b\u2028 still two",
        "three \ufffd",
        None,
    ]


def test_only_the_severity_is_coloured(excerpts):
    coloured = shown(problem(), excerpts=excerpts, coloured=True)
    assert "\x1b[1;31merror\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(problem(), excerpts=excerpts)


def test_a_summary_counts_what_was_found():
    assert findings.summary(1, []) == "1 file checked, no findings"
    many = [problem(), problem(), problem(severity="note")]
    assert findings.summary(1200, many) == "1,200 files checked, 2 errors, 1 note"


def test_annotations_are_escaped_as_github_wants():
    found = problem(
        code="a:b",
        message="50% of\r\nit, or: more",
        fix="x",
        file="d,e:f%.md",
        line=3,
        column=4,
        end_line=3,
        end_column=9,
    )
    (line,) = findings.github([found])
    assert line == (
        "::error file=d%2Ce%3Af%25.md,line=3,col=4,endLine=3,endColumn=9,title=a%3Ab::50%25 of%0Ait, or: more. X."
    )


def test_an_annotation_without_a_place_names_the_file_alone():
    (line,) = findings.github([problem(severity="note", line=0, column=0)])
    assert line == "::notice file=a.md,title=wrong::A value is wrong. Mend it."


@given(st.lists(PROBLEMS, max_size=5))
def test_an_annotation_is_one_line_whatever_it_says(problems):
    lines = list(findings.github(problems))
    assert len(lines) == len(problems)
    for line in lines:
        assert not set(line) & OBEYED | set(line) & {"\n"}
        assert re.match(r"::(error|warning|notice) [^:]*::", line)


@given(st.lists(PROBLEMS, max_size=5))
def test_text_obeys_nothing_whatever_a_finding_says(problems):
    found = "\n".join(findings.text(problems, Excerpts(Path("absent"), {"a.md": TEXT})))
    assert set(found) & OBEYED == set()


@given(st.lists(PROBLEMS, max_size=5))
def test_sarif_satisfies_the_schema_of_oasis(problems):
    document = log(problems, Excerpts(Path("absent"), {"a.md": TEXT}), Path("/base/folder"))
    assert official_faults(json.loads(json.dumps(document))) == []
    for result in document["runs"][0]["results"]:
        rules = document["runs"][0]["tool"]["driver"]["rules"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_schema_of_oasis_refuses_what_is_no_sarif(excerpts, tmp_path):
    document = log([problem()], excerpts, tmp_path)
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert official_faults(document)


def test_columns_of_sarif_count_utf16_code_units(excerpts, tmp_path):
    (result,) = results(problem(column=13, end_line=2, end_column=15), excerpts=excerpts, root=tmp_path)
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 14, "endLine": 2, "endColumn": 16}
    assert len("se\tcond 𝒳 数".encode("utf-16-le")) // 2 == 12


def test_paths_of_sarif_are_relative_and_encoded(excerpts, tmp_path):
    given_files = ["a b#%.md", str(tmp_path / "in" / "c.md"), "/elsewhere/d.md", "x:y/é.md"]
    found = results(*(problem(file=file) for file in given_files), excerpts=excerpts, root=tmp_path)
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in found]
    assert [place["uri"] for place in places] == [
        "a%20b%23%25.md",
        "in/c.md",
        "file:///elsewhere/d.md",
        "x%3Ay/%C3%A9.md",
    ]
    assert [place.get("uriBaseId") for place in places] == ["%SRCROOT%", "%SRCROOT%", None, "%SRCROOT%"]
    base = log([], excerpts, tmp_path)["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    assert unquote(base) == f"file://{tmp_path}/"


def test_rules_of_sarif_carry_why_mend_and_link(excerpts, tmp_path):
    run = log([problem(), problem(code="other", severity="note")], excerpts, tmp_path)["runs"][0]
    other, wrong = run["tool"]["driver"]["rules"]
    assert wrong == {
        "id": "wrong",
        "shortDescription": {"text": "Wrong."},
        "fullDescription": {"text": "It is wrong."},
        "help": {"text": "It is wrong. Mend it."},
        "helpUri": "https://example.org/x",
        "defaultConfiguration": {"level": "error"},
    }
    assert other["defaultConfiguration"] == {"level": "note"}
    assert run["automationDetails"] == {"id": "a-check/"}


def test_a_message_of_sarif_has_no_links_and_no_placeholders(excerpts, tmp_path):
    (result,) = results(problem(message="see [this](that) and {0}"), excerpts=excerpts, root=tmp_path)
    assert result["message"]["text"] == "See \\[this](that) and {{0}}. Mend it."


def prints(*problems, excerpts, root):
    found = results(*problems, excerpts=excerpts, root=root)
    return [each["partialFingerprints"][sarif.FINGERPRINT] for each in found]


def test_a_fingerprint_stays_when_lines_are_added_above(excerpts, tmp_path):
    before = problem(pointer=("hooks", "Stop", 0), message='"a" appears twice, first in line 7')
    after = problem(pointer=("hooks", "Stop", 1), message='"a" appears twice, first in line 9', line=40, column=1)
    assert prints(before, excerpts=excerpts, root=tmp_path) == prints(after, excerpts=excerpts, root=tmp_path)


def test_a_fingerprint_tells_faults_files_and_occurrences_apart(excerpts, tmp_path):
    several = [
        problem(),
        problem(line=9),
        problem(code="other"),
        problem(message="another"),
        problem(pointer=("name",)),
        problem(file="b.md"),
    ]
    assert len(set(prints(*several, excerpts=excerpts, root=tmp_path))) == len(several)


def test_a_finding_is_as_bad_as_its_limit_or_worse():
    order = ["error", "warning", "note"]
    assert [[is_at_least(severity, limit) for limit in order] for severity in order] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]
