"""What the reviewer asks of a revision. Each check says what it saw; a test shows each one failing."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.migration.review_source import UNREADABLE, Source, Step

BOTH = ("upgrade", "downgrade")
LOSING = re.compile(
    r"\b(TRUNCATE|DELETE\s+FROM|UPDATE|DROP\s+(?!INDEX\b)\w+|ALTER\s+TABLE\b.*?\bDROP\b)\b", re.IGNORECASE | re.DOTALL
)
LOSING_CALLS = frozenset({"drop_table", "drop_column", "drop_table_comment", "drop_constraint", "bulk_insert"})
SESSION_ONLY = re.compile(r"\s*(SET|RESET|SHOW|SELECT)\b", re.IGNORECASE)
SET_LOCK_TIMEOUT = re.compile(
    r"\s*SET\s+((SESSION|(?P<local>LOCAL))\s+)?lock_timeout\s*(=|TO)\s*'?(?!\s|0\b|DEFAULT\b)", re.IGNORECASE
)
UNSET_LOCK_TIMEOUT = re.compile(r"\s*(RESET\s+(lock_timeout|ALL)|SET\s.*lock_timeout)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is under review. `others` are the other revisions of the script directory: id to its down revisions."""

    source: Source
    revision: str
    down_revision: str | None
    others: Mapping[str, tuple[str, ...]]
    project: Path
    prefix: str
    proof: Mapping[str, Any]

    def steps(self, *functions: str) -> tuple[Step, ...]:
        return tuple(step for function in functions or BOTH for step in self.source.steps(function))


@dataclass(frozen=True, kw_only=True)
class Fault:
    table: str
    what: str
    line: int = 1


@dataclass(frozen=True, kw_only=True)
class Check:
    faults: Callable[[Subject], Iterator[Fault]]
    hazard: str  # the slug under which a fault is reported; the proof's own where it means the same
    passes: str  # what is true when nothing was found
    why: str
    instead: str
    source: str
    severity: str = "error"

    @property
    def id(self) -> str:
        return self.faults.__name__.replace("_", "-")

    @property
    def evidence(self) -> str:
        return "proven" if self.id.startswith("proof") else "inferred"


def identifiers(subject: Subject) -> Iterator[Fault]:
    found = subject.source.identifiers
    for name, expected in (("revision", subject.revision), ("down_revision", subject.down_revision)):
        if name not in found or found[name] != expected:
            yield Fault(table="*", what=f"{name} is {found.get(name)!r}, {expected!r} is expected")
    if subject.revision in subject.others:
        yield Fault(table="*", what=f"another file has the revision id {subject.revision}")
    down = found.get("down_revision")
    if down is not None and down not in subject.others:
        yield Fault(table="*", what=f"no file has the revision id {down}, which down_revision names")
    siblings = [other for other, parents in subject.others.items() if (parents or (None,)) == (down,)]
    if siblings:
        yield Fault(table="*", what=f"{siblings[0]} follows {down or 'the base'} as well: there would be two heads")


def imports(subject: Subject) -> Iterator[Fault]:
    for line, module in subject.source.imports:
        if module == "." or _is_application(subject.project, module):
            yield Fault(table="*", what=f"imports the application module {module}", line=line)
        elif module not in sys.stdlib_module_names and importlib.util.find_spec(module) is None:
            yield Fault(table="*", what=f"no module named {module} is installed", line=line)


def _is_application(project: Path, module: str) -> bool:
    """Whether the project itself holds a module of that name. A folder named alembic is where revisions live."""
    folders = (project, project / "src", project.parent)
    has = any((folder / module / "__init__.py").exists() or (folder / f"{module}.py").exists() for folder in folders)
    return has and module not in ("alembic", "sqlalchemy")


def directions(subject: Subject) -> Iterator[Fault]:
    for function in BOTH:
        if function not in subject.source.functions:
            yield Fault(table="*", what=f"there is no {function}()")
        elif not subject.source.does_something(function):
            yield Fault(table="*", what=f"{function}() does nothing", line=subject.source.functions[function].lineno)


def readable(subject: Subject) -> Iterator[Fault]:
    for step in subject.steps():
        if UNREADABLE in (step.sql, step.index, step.table):
            yield Fault(table="*", what="SQL that is put together at run time cannot be reviewed", line=step.line)


def concurrently(subject: Subject) -> Iterator[Fault]:
    for step in subject.steps("upgrade"):
        if step.kind == "create index" and not step.concurrently:
            yield Fault(table=step.table, what=f"{step.index} is created without CONCURRENTLY", line=step.line)


def autocommit(subject: Subject) -> Iterator[Fault]:
    for step in subject.steps():
        if step.concurrently and not step.in_autocommit:
            yield Fault(table=step.table or "*", what=f"{step.index} outside autocommit_block()", line=step.line)


def if_not_exists(subject: Subject) -> Iterator[Fault]:
    for step in subject.steps():
        if step.kind == "create index" and step.concurrently and step.if_exists:
            yield Fault(table=step.table, what=f"{step.index} is created IF NOT EXISTS", line=step.line)


def invalid_guard(subject: Subject) -> Iterator[Fault]:
    steps = subject.steps("upgrade")
    asks = "indisvalid" in subject.source.text
    for number, step in enumerate(steps):
        if step.kind == "create index" and step.concurrently:
            dropped = any(
                earlier.kind == "drop index" and earlier.is_conditional and earlier.index == step.index
                for earlier in steps[:number]
            )
            if not (asks and dropped):
                yield Fault(table=step.table, what=f"nothing drops an INVALID {step.index} first", line=step.line)


def lock_timeout(subject: Subject) -> Iterator[Fault]:
    for function in BOTH:
        limited: frozenset[bool] = frozenset()  # in which modes a limit holds: inside an autocommit block, outside
        for step in subject.source.steps(function):
            limited = _limited(step, limited)
            locks = step.kind != "sql" or not SESSION_ONLY.match(step.sql)
            if locks and step.in_autocommit not in limited:
                what = f"{function}() sets no lock_timeout that holds here"
                yield Fault(table=step.table or "*", what=what, line=step.line)
                break


def _limited(step: Step, limited: frozenset[bool]) -> frozenset[bool]:
    if found := SET_LOCK_TIMEOUT.match(step.sql):
        # SET LOCAL ends with its transaction, and in an autocommit block that is the statement itself.
        holds = {False} - {step.in_autocommit} if found["local"] else {True, False}
        return limited | holds
    return frozenset() if UNSET_LOCK_TIMEOUT.match(step.sql) else limited


def mirror(subject: Subject) -> Iterator[Fault]:
    created = {step.index: step for step in subject.steps("upgrade") if step.kind == "create index"}
    dropped = {step.index: step for step in subject.steps("downgrade") if step.kind == "drop index"}
    for index in created.keys() - dropped.keys():
        what = f"downgrade() does not drop {index}"
        yield Fault(table=created[index].table, what=what, line=created[index].line)
    for index in dropped.keys() - created.keys():
        yield Fault(
            table="*", what=f"downgrade() drops {index}, which upgrade() does not create", line=dropped[index].line
        )


def names(subject: Subject) -> Iterator[Fault]:
    for step in subject.steps("upgrade"):
        if step.kind != "create index":
            continue
        name, table = step.index.rpartition(".")[2], step.table.rpartition(".")[2]
        stem = f"{subject.prefix}{table}_"
        if not name.startswith(stem) or name == stem or len(name.encode()) > 63:
            what = f"{name} is not {stem}<columns> in at most 63 bytes"
            yield Fault(table=step.table, what=what, line=step.line)


def data(subject: Subject) -> Iterator[Fault]:
    for step in subject.steps():
        if step.kind in LOSING_CALLS or (step.kind == "sql" and LOSING.search(step.sql)):
            yield Fault(table=step.table or "*", what=f"{step.sql or step.kind}: rows may be lost", line=step.line)


def proof_errors(subject: Subject) -> Iterator[Fault]:
    for name, phase in subject.proof["phases"].items():
        if phase["error"]:
            error = phase["error"]
            yield Fault(table="*", what=f"{name} failed: {error['message']}", line=error["line"] or 1)
        elif not phase["version_is_committed"]:
            yield Fault(table="*", what=f"another session does not see the version after the {name}")


def proof_locks(subject: Subject) -> Iterator[Fault]:
    for lock in subject.proof["strongest_lock"]:
        if lock["blocks"] in ("writes", "reads and writes"):
            what = f"{lock['mode']} in the {lock['phase']} blocks {lock['blocks']}"
            yield Fault(table=lock["table"], what=what)
    for who in ("writers", "readers"):
        if count := subject.proof[who]["blocked_over_100_ms"]:
            yield Fault(table="*", what=f"{count} of the {who} waited more than 100 ms for the migration")


def proof_roundtrip(subject: Subject) -> Iterator[Fault]:
    for step in ("schema_equal", "data_equal", "second_upgrade"):
        if subject.proof["roundtrip"][step] is not True:
            said = "was not reached" if subject.proof["roundtrip"][step] is None else "does not hold"
            yield Fault(table="*", what=f"{step} {said}")


def proof_findings(subject: Subject) -> Iterator[Fault]:
    for finding in subject.proof["findings"]:
        what = f"{finding['hazard']}: {finding['observed']}"
        yield Fault(table=finding["table"], what=what, line=finding["location"]["line"])


def proof_covers(subject: Subject) -> Iterator[Fault]:
    """The statements that ran are those in the file: what was proved is what is under review."""
    ran = {step["line"]: _plain(step["sql"]) for step in subject.proof["statements"] if step["phase"] == "upgrade"}
    for step in subject.steps("upgrade"):
        if step.kind == "create index" and step.line not in ran:
            yield Fault(table=step.table, what=f"the proof did not run {step.index}", line=step.line)
        elif step.kind == "create index" and step.sql and ran[step.line] != _plain(step.sql):
            what = f"the proof ran another statement: {ran[step.line]}"
            yield Fault(table=step.table, what=what, line=step.line)


def _plain(sql: str) -> str:
    return " ".join(sql.split())
