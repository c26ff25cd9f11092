"""Every SQL block of the skills runs on PostgreSQL, in the order of its file, in a database of its own.

The line that opens a block says what is expected of it:

    sql                    every statement succeeds; each is its own transaction unless the block says BEGIN
    sql fails 23505        the last statement fails with this SQLSTATE, and those before it succeed
    sql two-sessions       statements run in the session that the last `-- A:` or `-- B:` line named

After the colon, `waits` says that the last statement under the line waits for a lock, `fails 40001` that it fails,
`waits, then fails 40001` both, and `deadlock` that it closes a circle, which PostgreSQL opens by a 40P01 in one of the
two. A statement that waits is awaited when its session is named again, or at the end of the block. In any block a line
`-- returns: 1, 2` tells the first column of the statement before it, as psql shows it. What cannot run alone is a block
of another language, such as `text`.
"""

from __future__ import annotations

import re
import textwrap
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from orchestrator.pg import connect, supervisor

pytestmark = pytest.mark.pg
ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^(?P<indent> *)```sql\b(?P<tag>[^\n]*)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"^-- (?:(?P<session>[AB]):(?P<expected>.*)|returns:(?P<returns>.*))$", re.MULTILINE)
EXPECTED = re.compile(r"|deadlock|(?P<waits>waits)?(?(waits)(?:, then (?=f)|$))(?:fails (?P<code>[0-9A-Z]{5}))?")
PATIENCE_S = 10.0
FILES = [
    path
    for path in sorted([*ROOT.glob("skills/*/SKILL.md"), *ROOT.glob("skills/*/references/*.md")])
    if FENCE.search(path.read_text(encoding="utf-8"))
]


@dataclass(frozen=True, kw_only=True)
class Block:
    place: str
    tag: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    code: str | None  # None: it succeeded
    said: str
    column: str  # the first column, "" where there are no rows


@dataclass(kw_only=True)
class Session:
    """One connection with a thread that waits for its statements."""

    connection: Any
    thread: ThreadPoolExecutor
    pending: Future[Outcome] | None = None
    expected: str = ""
    last: Outcome = field(default_factory=lambda: Outcome(code=None, said="", column=""))

    def send(self, statement: str) -> None:
        self.await_pending()
        self.pending = self.thread.submit(run, self.connection, statement)

    def await_pending(self) -> None:
        if self.pending is not None:
            sent, self.pending = self.pending, None
            self.last = sent.result()
            assert self.last.code == self.expected_code(), f"expected {self.expected or 'success'}, got {self.last}"
            self.expected = ""

    def expected_code(self) -> str | None:
        found = EXPECTED.fullmatch(self.expected)
        return found["code"] if found else None


def blocks(text: str, file: str = "text") -> list[Block]:
    return [
        Block(
            place=f"{file}:{text.count(chr(10), 0, found.start()) + 1}",
            tag=found["tag"].strip(),
            body=textwrap.dedent(found["body"]),
        )
        for found in FENCE.finditer(text)
    ]


def run(connection: Any, statement: str) -> Outcome:
    import psycopg

    try:
        done = connection.execute(statement)
    except psycopg.Error as error:
        return Outcome(code=error.sqlstate or "none", said=str(error), column="")
    rows = done.fetchall() if done.description else []
    return Outcome(code=None, said="", column=", ".join(as_in_psql(row[0]) for row in rows))


def as_in_psql(value: Any) -> str:
    return {True: "t", False: "f"}[value] if isinstance(value, bool) else "" if value is None else str(value)


def statements(text: str) -> list[str]:
    import postgast

    return [each.strip() for each in postgast.split(text)] if text.strip() else []


def parts(body: str) -> list[tuple[dict[str, str | None], str]]:
    """The marks of a block, each with the text that follows it; the text before the first one has the mark {}."""
    found = list(MARK.finditer(body))
    ends = [*(mark.start() for mark in found), len(body)]
    texts = [body[mark.end() : end] for mark, end in zip(found, ends[1:], strict=True)]
    return [({}, body[: ends[0]]), *((mark.groupdict(), text) for mark, text in zip(found, texts, strict=True))]


@contextmanager
def session(dsn: str):
    with ThreadPoolExecutor(max_workers=1) as thread, connect.scratch(dsn) as connection:
        connection.execute("SET statement_timeout = '20s'")
        yield Session(connection=connection, thread=thread)


def run_alone(alone: Session, block: Block) -> None:
    """Runs a block in one session; the last statement fails where the tag says so."""
    tag = EXPECTED.fullmatch(block.tag)
    assert tag is not None, f'"sql {block.tag}" is not a tag we know'
    assert not block.tag.startswith(("waits", "deadlock")), f"{block.tag} is for two sessions"
    outcome = Outcome(code=None, said="nothing was run", column="")
    for mark, text in parts(block.body):
        assert not mark.get("session"), "sessions are named, and the tag is not two-sessions"
        if "returns" in mark and mark["returns"] is not None:
            assert outcome.column == mark["returns"].strip(), f"returned {outcome.column}, not {mark['returns']}"
        for statement in statements(text):
            assert outcome.code is None, outcome.said
            outcome = run(alone.connection, statement)
    assert outcome.code == tag["code"], f"expected {block.tag or 'success'}, got {outcome}"
    if tag["code"]:
        alone.connection.rollback()  # what failed may have been in a transaction


def run_together(dsn: str, block: Block) -> None:
    """Runs a block in two sessions, A and B."""
    with ExitStack() as stack:
        both = {name: stack.enter_context(session(dsn)) for name in "AB"}
        watcher = stack.enter_context(connect.scratch(dsn))
        current: Session | None = None
        for mark, text in parts(block.body):
            if mark.get("session"):
                current = both[mark["session"]]
                current.await_pending()
            if mark.get("returns") is not None:
                assert current is not None
                current.await_pending()
                assert current.last.column == mark["returns"].strip(), f"returned {current.last.column}"
            if statements(text):
                assert current is not None, "the block begins without a line -- A: or -- B:"
                run_part(current, (mark.get("expected") or "").strip(), text, watcher, both)
        for each in both.values():
            each.await_pending()


def run_part(current: Session, expected: str, text: str, watcher: Any, both: dict[str, Session]) -> None:
    outcome = EXPECTED.fullmatch(expected)
    assert outcome, f'"{expected}" is not an outcome we know'
    *first, last = statements(text)
    for statement in first:
        current.send(statement)
        current.await_pending()
    current.send(last)
    if expected == "deadlock":
        end_deadlock(both)
        return
    current.expected = expected
    if outcome["waits"]:
        assert supervisor.wait_until(lambda: waits(watcher, current), PATIENCE_S), f"does not wait: {last}"
    else:
        current.await_pending()


def waits(watcher: Any, current: Session) -> bool:
    pid = current.connection.info.backend_pid
    return bool(watcher.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid]).fetchone()[0])


def end_deadlock(both: dict[str, Session]) -> None:
    """Which of the two is ended is not determined: the one whose deadlock_timeout runs out first."""
    sent = [each.pending for each in both.values() if each.pending is not None]
    for each in both.values():
        each.pending = None
        each.expected = ""
    codes = [pending.result().code for pending in sent]
    assert sorted(codes, key=str) == ["40P01", None], f"expected one deadlock, got {codes}"


def run_block(dsn: str, alone: Session, block: Block) -> None:
    if block.tag == "two-sessions":
        run_together(dsn, block)
    else:
        run_alone(alone, block)


@pytest.fixture
def cluster(server):
    """The server's databases share its roles: those that a test creates go with it."""
    with connect.scratch(server.dsn()) as connection:
        there = "SELECT rolname FROM pg_roles"
        before = set(connection.execute(there).fetchall())
        yield server
        for (name,) in set(connection.execute(there).fetchall()) - before:
            connection.execute(f'DROP ROLE "{name}"')


@pytest.fixture
def prepared(cluster, database):
    """Prepares a database for a skill: tests/pg/skills/<skill>.sql, where it exists."""

    def prepare(skill: str) -> str:
        setup = Path(__file__).parent / "skills" / f"{skill}.sql"
        if setup.is_file():
            with connect.scratch(database) as connection:
                for statement in statements(setup.read_text(encoding="utf-8")):
                    connection.execute(statement)
        return database

    return prepare


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT / "skills")) for path in FILES])
def test_every_sql_block_of_a_skill_runs(path, prepared):
    dsn = prepared(path.relative_to(ROOT / "skills").parts[0])
    with session(dsn) as alone:
        for block in blocks(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))):
            try:
                run_block(dsn, alone, block)
            except AssertionError as error:
                pytest.fail(f"{block.place}: {error}", pytrace=False)


BROKEN = {
    "a statement fails": "```sql\nSELECT 1/0;\n```",
    "a statement before the last fails": "```sql\nSELECT 1/0;\nSELECT 1;\n```",
    "nothing fails": "```sql fails 23505\nSELECT 1;\n```",
    "something else fails": "```sql fails 23505\nSELECT 1/0;\n```",
    "another value is returned": "```sql\nSELECT 1;\n-- returns: 2\n```",
    "the tag is not known": "```sql twosessions\nSELECT 1;\n```",
    "sessions in a plain block": "```sql\n-- A:\nSELECT 1;\n```",
    "the outcome is not known": "```sql two-sessions\n-- A: hangs\nSELECT 1;\n```",
    "no session is named": "```sql two-sessions\nSELECT 1;\n```",
    "a session's statement fails": "```sql two-sessions\n-- A:\nSELECT 1/0;\n-- B:\nSELECT 1;\n```",
    "a session returns another value": "```sql two-sessions\n-- A:\nSELECT 1;\n-- returns: 2\n```",
    "nothing deadlocks": "```sql two-sessions\n-- A:\nSELECT 1;\n-- B: deadlock\nSELECT 1;\n```",
}
RIGHT = {
    "statements": (
        "```sql\nCREATE TABLE t (id int);\nCREATE INDEX CONCURRENTLY i ON t (id);\nSELECT 1;\n-- returns: 1\n```"
    ),
    "semicolons": "```sql\nDO $$ BEGIN NULL; END $$;\nCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;\n```",
    "indented": "1. First\n\n   ```sql\n   SELECT 1;\n   ```\n",
    "fails": "```sql fails 22012\nBEGIN;\nSELECT 1/0;\n```\n\n```sql\nSELECT 1;\n```",
    "waits": (
        "```sql\nCREATE TABLE t (id int);\n```\n```sql two-sessions\n-- A:\nBEGIN;\nLOCK TABLE t;\n"
        "-- B: waits\nSELECT count(*) FROM t;\n-- A:\nCOMMIT;\n-- B:\n-- returns: 0\n```"
    ),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_block_is_refused(text, database):
    (block,) = blocks(text)
    with session(database) as alone, pytest.raises(AssertionError):
        run_block(database, alone, block)


def test_a_statement_that_does_not_wait_is_refused(database, monkeypatch):
    monkeypatch.setitem(globals(), "PATIENCE_S", 0.2)
    (block,) = blocks("```sql two-sessions\n-- A: waits\nSELECT 1;\n```")
    with session(database) as alone, pytest.raises(AssertionError, match="does not wait"):
        run_block(database, alone, block)


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_a_sound_block_passes(text, database):
    with session(database) as alone:
        for block in blocks(text):
            run_block(database, alone, block)


def test_there_are_blocks_to_run():
    assert len(FILES) > 10
