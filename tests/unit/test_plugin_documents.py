"""Documents of a plugin: what each is, and what is found wrong with it beyond its schema."""

from __future__ import annotations

import functools
import json
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.plugin import check, documents, formats, paths, record, surroundings
from orchestrator.plugin.codes import CODES

DOCUMENT_CHECKS = [each for each in record.every() if not {"agent", "skill", "tree"} & set(each.of)]
MANIFEST = {".claude-plugin/plugin.json": '{"name": "demo"}'}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=20,
)
KEYS = "hooks mcpServers name agents plugins graders userConfig version metadata settings renames execution context"
PARTS = VALUES | st.fixed_dictionaries({}, optional={"PreToolUse": VALUES, "hooks": VALUES, "a": VALUES})


def test_an_object_is_named_by_its_key_and_a_plain_value_by_itself():
    document = documents.parse('{\n  "hooks": {"Stop": []},\n  "name": "x"\n}', Path("x.json"), "data")
    assert (document.place(("hooks",)).line, document.place(("hooks",)).column) == (2, 3)
    assert (document.place(("name",)).line, document.place(("name",)).column) == (3, 11)
    assert (document.place(("hooks", "absent", 3)).line, document.place(("hooks", "absent")).column) == (2, 3)
    assert (document.place(("absent",)).line, document.place(()).column) == (1, 1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("hooks/hooks.json", "hooks"),
        (".claude-plugin/plugin.json", "plugin"),
        (".claude-plugin/marketplace.json", "marketplace"),
        (".mcp.json", "mcp-servers"),
        (".claude/settings.local.json", "settings"),
        ("evals/deep/one/case.yaml", "eval-case"),
        ("evals/one/graders/a.md", "grader"),
        ("run.json", "data"),
        ("agents/a.md", None),
        ("graders/a.md", None),
    ],
)
def test_the_kind_of_a_document_is_told_by_its_path(tmp_path, name, kind):
    assert documents.kind_of(tmp_path / name) == kind


@pytest.fixture
def lay_out(tmp_path):
    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


@pytest.fixture
def found(lay_out):
    def problems(files):
        return check.check(paths.root(), [lay_out(files)]).problems

    return problems


def examples(kind):
    rows = [(each, index, example) for each in DOCUMENT_CHECKS for index, example in enumerate(getattr(each, kind))]
    return pytest.mark.parametrize(
        ("checked", "example"),
        [(each, example) for each, _, example in rows],
        ids=[f"{each.id}-{index}" for each, index, _ in rows],
    )


@examples("fires_on")
def test_a_check_of_documents_fires_on_its_bad_examples(found, checked, example):
    mine = [problem for problem in found(example) if problem.code == checked.id]
    assert mine
    assert all(problem.line and problem.column for problem in mine)


@examples("silent_on")
def test_a_check_of_documents_is_silent_on_its_good_examples(found, checked, example):
    assert checked.id not in {problem.code for problem in found(example)}


@pytest.mark.parametrize("checked", DOCUMENT_CHECKS, ids=lambda each: each.id)
def test_a_check_of_documents_says_what_happens_and_what_to_do(checked):
    assert checked.fires_on
    assert checked.silent_on
    for text in (checked.why, checked.mend):
        assert text
        assert not text.endswith(".")
    assert checked.source == "" or checked.source.startswith("https://")


def test_there_are_checks_of_every_kind_of_document():
    kinds = {kind for each in DOCUMENT_CHECKS for kind in each.of}
    assert kinds == {"hooks", "plugin", "marketplace", "mcp-servers", "settings", "eval-case", "grader"}


def test_a_script_that_may_be_executed_is_no_finding(lay_out):
    wired = (
        '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/run", "args": []}]}]}}'
    )
    root = lay_out(MANIFEST | {"hooks/hooks.json": wired, "run": "exit 0\n"})
    assert "hook-not-executable" in {problem.code for problem in check.check(paths.root(), [root]).problems}
    (root / "run").chmod(stat.S_IRWXU)
    assert "hook-not-executable" not in {problem.code for problem in check.check(paths.root(), [root]).problems}


def test_a_byte_order_mark_is_an_error_only_where_the_client_refuses_it(found):
    mark = b"\xef\xbb\xbf"
    hooks = {"hooks/hooks.json": mark + b'{"hooks": {}}', ".mcp.json": mark + b'{"mcpServers": {}}'}
    manifest = {".claude-plugin/plugin.json": mark + b'{"name": "demo"}'}
    marked = [problem.file for problem in found(manifest | hooks) if problem.code == "byte-order-mark"]
    assert [file.rpartition("/")[2] for file in marked] == [".mcp.json", "hooks.json"]


def test_line_ends_of_windows_change_no_place(found):
    text = '{\r\n  "hooks": {\r\n    "Stopp": []\r\n  }\r\n}\r\n'
    (problem,) = [each for each in found(MANIFEST | {"hooks/hooks.json": text}) if each.code == "unknown-event"]
    assert (problem.line, problem.column) == (3, 5)


def test_a_better_word_takes_the_place_of_what_the_schema_says(found):
    flat = '{"hooks": {"PreToolUse": [{"matcher": "Bash", "command": "x"}]}}'
    codes = [problem.code for problem in found(MANIFEST | {"hooks/hooks.json": flat})]
    assert [code for code in codes if code != "incomplete-manifest"] == ["flat-hook"]


def test_a_key_that_the_client_passes_over_is_a_warning_and_one_that_it_refuses_an_error(found):
    files = MANIFEST | {
        "hooks/hooks.json": '{"hooks": {}, "extra": 1}',
        "evals/a/case.yaml": "name: a\nexecution: {prompt: x}\ngraders:\n- {type: llm, criteria: x, extra: 1}\n",
    }
    found_keys = {problem.file.rpartition("/")[2]: problem for problem in found(files) if problem.code == "unknown-key"}
    assert found_keys["hooks.json"].severity == "warning"
    assert found_keys["case.yaml"].severity == "error"
    assert (found_keys["case.yaml"].line, found_keys["case.yaml"].column) == (4, 28)


def test_servers_without_a_wrapper_are_held_to_the_same_rules(found):
    problems = found(MANIFEST | {".mcp.json": '{"numbers": {"url": "https://example.org"}}'})
    assert {"unwrapped-servers", "missing-key"} <= {problem.code for problem in problems}


def test_a_document_that_names_its_schema_is_held_against_it(tmp_path):
    file = tmp_path / "any.json"
    file.write_text('{"schema": "error", "error": {"message": 1}}')
    codes = {problem.code for problem in check.check(paths.root(), [file]).problems}
    assert codes == {"missing-key", "wrong-type"}
    file.write_text('{"schema": "unheard-of"}')
    (problem,) = check.check(paths.root(), [file]).problems
    assert (problem.code, problem.severity) == ("unknown-document-schema", "note")


def test_files_that_a_manifest_names_are_read_as_what_it_names_them_for(found):
    files = {
        ".claude-plugin/plugin.json": json.dumps(
            {"name": "demo", "hooks": "./more/h.json", "mcpServers": ["./m.json"], "experimental": {"evals": "./cases"}}
        ),
        "more/h.json": '{"hooks": {"Stopp": []}}',
        "m.json": '{"mcpServers": {"a": {}}}',
        "cases/one/case.yaml": "name: one\nexecution: {prompt: x}\n",
    }
    assert {
        (problem.code, problem.file.rpartition("/")[2]) for problem in found(files) if problem.severity == "error"
    } == {("unknown-event", "h.json"), ("missing-key", "m.json"), ("case-without-graders", "case.yaml")}


def test_every_code_that_a_file_can_have_is_explained(lay_out):
    explained = CODES.keys() | {each.id for each in record.every()}
    examples = [example for each in record.every() for example in (*each.fires_on, *each.silent_on)]
    root = lay_out(
        {
            f"{number}/{name}": text
            for number, example in enumerate(examples)
            for name, text in (example if isinstance(example, dict) else {"agents/example.md": example}).items()
        }
    )
    dialects = Path(__file__).parents[1] / "data" / "dialects"
    found_codes = {problem.code for problem in check.check(paths.root(), [root, *dialects.iterdir()]).problems}
    assert len(found_codes) > 60
    assert found_codes - explained == set()


def test_the_shipped_documents_have_no_finding():
    report = check.check(paths.root())
    kinds = {each.kind for each in report.checked}
    assert {"hooks", "plugin", "marketplace", "mcp-servers"} <= kinds
    assert [str(problem) for problem in report.problems if problem.severity != "note"] == []


@functools.cache
def nowhere():
    return surroundings.under(Path("absent"))


@given(
    st.dictionaries(st.sampled_from(KEYS.split()), PARTS),
    st.sampled_from(["hooks", "plugin", "marketplace", "mcp-servers", "settings", "eval-case"]),
)
@settings(max_examples=300, deadline=None)
def test_no_value_of_any_type_breaks_a_check(data, kind):
    document = documents.parse(json.dumps(data), Path("absent/x.json"), kind)
    around = nowhere()
    for problem in formats.problems(document, around):
        assert problem.line >= 1
        assert problem.message
