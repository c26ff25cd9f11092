"""The bash parser against bash and shfmt: on commands that people write, and on damaged ones."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shell_oracle import bash_accepts, shfmt_outline
from shell_outline import outline

from orchestrator.gate.shell import nodes, parser

HERE = Path(__file__).parent
COMMANDS = [
    *(HERE / "shell_commands.txt").read_text(encoding="utf-8").splitlines(),
    *(HERE / "shell_scripts.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n%\n"),
]
# What shfmt does not read, or reads otherwise than bash: <<E"O"F quotes the body, $((a); b) runs commands.
SHFMT_FAILS = {
    "map[some key]=1",
    "echo $((echo not arithmetic); echo really)",
    'cat <<E"O"F\nraw $x\nEOF',
    "cat <<EOF\nunterminated body",
    "cat <<EOF",
}
METACHARACTERS = [
    *"'\"`$\\(){}[]<>|&;\n #!*?=~%/:-@^\t\ré",
    *("$(", "${", "$((", "((", "))", "[[", "]]", "<<", "<<-", "<<<", "EOF", "\\\n", ";;", "&&", "||", "|&", "&>", ">&"),
    *("if ", "then ", "fi", "do ", "done", "case ", "esac", "in ", "{ ", "}", "time ", "! ", "function ", "coproc "),
    *("for ", "while ", "@(", "a=(", "$'", '$"', "<(", ">(", "2>", ":-", "\ue000", "\ue001"),
]


def accepts(text):
    try:
        parser.parse(text)
    except nodes.Unparsable:
        return False
    return True


def test_the_corpus_is_large_and_repeats_nothing():
    assert len(COMMANDS) == len(set(COMMANDS)) > 600


def test_the_parser_accepts_exactly_what_bash_accepts(tmp_path):
    expected = bash_accepts(COMMANDS, tmp_path / "commands")
    assert [text for text, runs in zip(COMMANDS, expected, strict=True) if accepts(text) != runs] == []
    assert expected.count(False) > 40


@pytest.mark.parametrize("text", [text for text in COMMANDS if accepts(text) and text not in SHFMT_FAILS])
def test_the_structure_is_the_one_that_shfmt_finds(text):
    assert outline(parser.parse(text)) == shfmt_outline(text)


@st.composite
def damaged(draw):
    """A command of the corpus after up to three deletions, insertions and copies of a piece of another."""
    text = draw(st.sampled_from(COMMANDS))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 8))
        kind = draw(st.sampled_from(["delete", "insert", "insert", "repeat", "splice"]))
        if kind == "delete":
            text = text[:start] + text[end:]
        elif kind == "insert":
            text = text[:start] + draw(st.sampled_from(METACHARACTERS)) + text[start:]
        elif kind == "repeat":
            text = text[:end] + text[start:]
        else:
            text = text[:start] + draw(st.sampled_from(COMMANDS))[: end - start + 12] + text[start:]
    return text


def unread(texts, folder):
    """The texts that bash reads to their end and we do not.

    bash -n stops in silence after some errors inside [[ and for ((; then it does not see the bracket at the end either.
    """
    refused = [text for text in texts if not accepts(text)]
    taken = [text for text, runs in zip(refused, bash_accepts(refused, folder), strict=True) if runs]
    checked = bash_accepts([text + "\n)" for text in taken], folder.with_suffix(".checked"))
    return [text for text, runs in zip(taken, checked, strict=True) if not runs]


def test_what_bash_accepts_of_damaged_commands_is_accepted(tmp_path):
    texts = []

    @settings(max_examples=1000, deadline=None, derandomize=True, database=None)
    @given(text=damaged())
    def collect(text):
        texts.append(text)

    collect()
    assert unread(texts, tmp_path / "damaged") == []


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(text=st.one_of(damaged(), st.lists(st.sampled_from([*METACHARACTERS, "a", "1"]), max_size=40).map("".join)))
def test_any_text_is_parsed_or_refused(text):
    for each in (text, f"cat <<EOF\n{text}\nEOF"):
        with contextlib.suppress(nodes.Unparsable):
            parser.parse(each)
