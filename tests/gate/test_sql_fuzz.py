"""Another spelling of a statement, or a wrapper around it, never loosens the decision. No text breaks the judge."""

from __future__ import annotations

import time
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sql_corpus import ALL, scanned, statements, strictness

from orchestrator.gate.programs import psql
from orchestrator.gate.sql import script
from orchestrator.gate.sql.judge import effects
from orchestrator.gate.text import CLOSE, OPEN

GAPS = [" ", "\n", "\t \r\n", "/**/", " /* ; DROP TABLE x; */ ", "-- ; it's\n", " /* \" ' /* $$ */ */ ", "\f"]
CHANGES = statements("changes")
# A name in quotes is no keyword any more for these options.
OPTIONS = frozenset({"full", "analyze", "verbose", "concurrently", "program"})
ALPHABET = "'\"$;()-/*\\:,.=<>%@#!`[]{} \n\r\t\0\u00a0ADELTROPabcdefgs0189_\ue000\ue001é"
DIALECTS = ["postgresql", "mysql", "sqlite", "clickhouse", "mssql"]


def respelled(text: str, choices: st.DataObject) -> str:
    """The statement with other blanks, comments and cases, and some names in quotes."""
    done = ""
    end = 0
    before = ""
    for kind, start, stop in scanned(text):
        token = text[start:stop]
        gap = text[end:start]
        strings = before == kind == "SCONST"
        if end and not strings and choices.draw(st.booleans()):
            gap += choices.draw(st.sampled_from(GAPS))
        done += gap + _token(kind, token, choices)
        end = stop
        before = kind
    return done


def _token(kind: str, token: str, choices: st.DataObject) -> str:
    if not token.isidentifier() or not token.isascii():
        return token
    if kind == "IDENT" and token.islower() and token not in OPTIONS and choices.draw(st.booleans()):
        return '"' + token + '"'
    return choices.draw(st.sampled_from([token.upper(), token.lower(), token.swapcase()]))


@given(st.sampled_from(ALL), st.data())
@settings(max_examples=1500, deadline=None)
def test_no_spelling_loosens_a_decision(text, choices):
    other = respelled(text, choices)
    assert strictness(other) >= strictness(text), other


@given(st.sampled_from([text for text in ALL if strictness(text) == 0]), st.data())
@settings(max_examples=600, deadline=None)
def test_no_spelling_of_a_harmless_statement_is_interrupted(text, choices):
    other = respelled(text, choices)
    assert [(effect.rule.id, effect.detail) for effect in effects(other)] == [], other


WRAPPERS = [
    "BEGIN; {}; ROLLBACK",
    "SELECT 1; {} ; SELECT 2",
    "/* {} */ {}",
    "DO $q$ BEGIN {}; END $q$",
    "DO $q$ DECLARE a int; BEGIN IF a > 1 THEN {}; ELSE NULL; END IF; END $q$",
    "DO $q$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP {}; END LOOP; END $q$",
    "DO $q$ BEGIN CASE 1 WHEN 1 THEN {}; ELSE NULL; END CASE; EXCEPTION WHEN others THEN NULL; END $q$",
    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $q$ BEGIN {}; END $q$",
    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $q$ {} $q$",
    "CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC {}; END",
]
QUOTING = ["DO $q$ BEGIN EXECUTE '{}'; END $q$", "SELECT dblink_exec('dbname=x', '{}')", "DO 'BEGIN {}; END'"]
ROWS = [text for text in CHANGES if text.startswith(("DELETE", "UPDATE", "INSERT", "MERGE")) and "$" not in text]
AROUND_ROWS = [
    "EXPLAIN ANALYZE {}",
    "EXPLAIN (VERBOSE, ANALYZE on) {}",
    "PREPARE p AS {}",
    "COPY ({}) TO STDOUT",
    "WITH x AS ({}) SELECT * FROM x",
    "WITH y AS (SELECT 1), x AS MATERIALIZED ({}) SELECT * FROM x WHERE true",
    "WITH y AS (SELECT 1) {}",
    "CREATE RULE r AS ON INSERT TO t DO INSTEAD {}",
    "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; {})",
]


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_no_wrapper_loosens_a_decision(wrapper):
    plain = [text for text in CHANGES + statements("drops") if not text.startswith(("EXPLAIN", "PREPARE"))]
    looser = [text for text in plain if strictness(wrapper.replace("{}", text)) < strictness(text)]
    assert looser == []


@pytest.mark.parametrize("wrapper", QUOTING)
def test_no_quoting_loosens_a_decision(wrapper):
    looser = [
        text
        for text in CHANGES + statements("drops")
        if strictness(wrapper.replace("{}", text.replace("'", "''"))) < strictness(text)
    ]
    assert looser == []


@pytest.mark.parametrize("wrapper", AROUND_ROWS)
def test_no_statement_around_a_change_loosens_its_decision(wrapper):
    looser = [text for text in ROWS if strictness(wrapper.replace("{}", text)) < strictness(text)]
    assert looser == []


@given(st.text(alphabet=ALPHABET, max_size=120), st.sampled_from(DIALECTS))
@settings(max_examples=3000, deadline=None)
def test_no_text_breaks_the_judge(text, dialect):
    effects(text, dialect)


@given(st.sampled_from(ALL), st.integers(0, 200), st.text(alphabet=ALPHABET, max_size=4), st.sampled_from(DIALECTS))
@settings(max_examples=3000, deadline=None)
def test_no_change_of_a_statement_breaks_the_judge(text, at, junk, dialect):
    effects(text[:at] + junk + text[at:], dialect)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 60000 + "DELETE FROM t",
        "(DELETE FROM t WHERE " * 4000,
        "SELECT " + "(" * 50000 + ")" * 50000,
        "/*" * 60000,
        "/*" * 30000 + "*/" * 30000 + "DROP TABLE t",
        "DELETE FROM t WHERE " + "NOT " * 40000 + "a",
        "DELETE FROM t WHERE " + "a OR " * 20000 + "true",
        "DELETE FROM t WHERE " + "(" * 3000 + "true" + ")" * 3000,
        "UPDATE " * 50000,
        "'" * 100001,
        "\\\\'" * 30000,
        "$a$" * 30001,
        "DO $$ " * 200,
        "BEGIN " * 50000,
        ";" * 100000,
        "SELECT 1;" * 20000,
        "EXECUTE " * 20000,
        "WITH a AS (" * 5000,
        OPEN * 50000,
        CLOSE * 50000,
        "a" * 1000000,
        "-" * 200000,
        "DO $$ BEGIN " + "EXECUTE 'a' || " * 5000 + "'b'; END $$",
    ],
    ids=lambda text: text[:24],
)
def test_hostile_sizes_are_judged_in_time(text, time_limit):
    for dialect in DIALECTS:
        with time_limit(3):
            effects(text, dialect)


class Recorder:
    """What psql's reader asks of a call; `texts` are the files that it can read."""

    def __init__(self, args=(), stdin=None, texts=None):
        self.args = list(args)
        self.stdin = stdin
        self.env = {}
        self.texts = texts or {}
        self.found = []

    def sql(self, text, dialect="postgresql"):
        self.found += effects(text, dialect)

    def effect(self, rule_id, _detail=""):
        self.found.append(rule_id)

    def report(self, effect):
        self.found.append(effect)

    def shell(self, text):
        self.found.append(text)

    def wrote(self, path, _text):
        self.found.append(path)

    def read(self, path):
        return self.texts.get(path)

    def variable(self, _name):
        return None


META = [
    *(
        "\\i x.sql",
        "\\set a 'b c'",
        ":a",
        ":'a'",
        ':"a"',
        "\\gexec",
        "\\g |ls",
        "\\if a",
        "\\endif",
        "\\copy t from 'x'",
    ),
    *("\\;", "\\c", "\\r", "\\! ls", "\\gset", "COPY t FROM STDIN;", "\\.", ";", "\n", " ", "SELECT 1", "'", '"', "$$"),
    *(
        "`ls`",
        "\\",
        ":",
        "--",
        "/*",
        "*/",
        "\ue000x\ue001",
        "\\o",
        "\\cd ..",
        "\\copy (select 1) to program 'ls'",
        "\\e",
    ),
]


@given(st.lists(st.sampled_from(META), max_size=25).map("".join))
@settings(max_examples=3000, deadline=None)
def test_no_script_breaks_the_reader(text):
    script.judge(Recorder(texts={"x.sql": text}), text)


@given(st.lists(st.sampled_from(META), max_size=12).map("".join))
@settings(max_examples=1500, deadline=None)
def test_a_drop_after_a_whole_script_is_found(text):
    # What ends in the middle of a quote, a comment or data hides what follows from psql, too.
    if any(mark in text for mark in ("'", '"', "$$", "--", "/*", "STDIN", "\\r", "`")):
        return
    call = Recorder(texts={"x.sql": "SELECT 2;"})
    script.judge(call, text + "\n;\nDROP TABLE loans;\n")
    assert "drop-table" in {getattr(found, "rule", None) and found.rule.id for found in call.found}


@given(st.lists(st.sampled_from([*META, "-c", "-f", "-v", "x.sql", "-", "-qAtc", "--set=a=b", "-l"]), max_size=6))
@settings(max_examples=1500, deadline=None)
def test_no_command_line_breaks_psql(args):
    psql.read(Recorder(args, "SELECT 1", {"x.sql": ":a"}))


@pytest.fixture
def time_limit():
    return _limited


@contextmanager
def _limited(seconds):
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds
