"""The reviewer's pass over a written revision: the file as it is on disk, and what its proof observed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from orchestrator.migration import project, review_checks, review_source, scripts
from orchestrator.migration.review_checks import Check, Subject
from orchestrator.migration.revision import WrittenRevision
from orchestrator.model.errors import UsageError

CIC = "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"
LOCKS = "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES"
TIMEOUT = "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT"
ALEMBIC = "https://alembic.sqlalchemy.org/en/latest/tutorial.html"
AUTOCOMMIT = "https://alembic.sqlalchemy.org/en/latest/api/runtime.html"
NEEDED = ("statements", "phases", "roundtrip", "writers", "readers", "findings", "strongest_lock")


CHECKS = (
    Check(
        faults=review_checks.identifiers,
        hazard="revision-misplaced",
        passes="revision and down_revision fit the script directory, and it keeps one head",
        why="Alembic would not find the revision, or would stop at two heads",
        instead="set down_revision to the head of the script directory",
        source=ALEMBIC,
    ),
    Check(
        faults=review_checks.imports,
        hazard="imports-app-code",
        passes="every import resolves and none is of the application",
        why="application code changes after the revision was written, and the revision breaks with it",
        instead="copy what the revision needs into it",
        source=ALEMBIC,
        severity="warning",
    ),
    Check(
        faults=review_checks.directions,
        hazard="irreversible-downgrade",
        passes="upgrade() and downgrade() both do something",
        why="a release that goes wrong could not be taken back",
        instead="undo in downgrade() what upgrade() does",
        source=ALEMBIC,
        severity="warning",
    ),
    Check(
        faults=review_checks.readable,
        hazard="dynamic-sql",
        passes="every statement can be read from the file",
        why="a statement that only exists at run time is not what was reviewed",
        instead="write the statement as one string",
        source=ALEMBIC,
        severity="warning",
    ),
    Check(
        faults=review_checks.concurrently,
        hazard="blocking-index-create",
        passes="every index is created with CONCURRENTLY",
        why="INSERT, UPDATE and DELETE on the table wait until the index is built",
        instead="CREATE INDEX CONCURRENTLY in an autocommit block",
        source=CIC,
    ),
    Check(
        faults=review_checks.autocommit,
        hazard="concurrently-in-transaction",
        passes="CONCURRENTLY stands only inside autocommit_block()",
        why="the statement is refused inside a transaction block",
        instead="with op.get_context().autocommit_block(): around it",
        source=AUTOCOMMIT,
    ),
    Check(
        faults=review_checks.if_not_exists,
        hazard="concurrent-if-not-exists",
        passes="no CREATE INDEX CONCURRENTLY has IF NOT EXISTS",
        why="a leftover INVALID index would pass as done",
        instead="drop an INVALID leftover, then create without IF NOT EXISTS",
        source=CIC,
        severity="warning",
    ),
    Check(
        faults=review_checks.invalid_guard,
        hazard="invalid-index-unguarded",
        passes="an INVALID leftover is dropped before each index is built",
        why="after a failed build the next run would stop at the taken name",
        instead="drop the index concurrently when pg_index.indisvalid is false",
        source=CIC,
        severity="warning",
    ),
    Check(
        faults=review_checks.lock_timeout,
        hazard="missing-lock-timeout",
        passes="lock_timeout is set where it holds, before the first statement that locks",
        why="everybody queues behind a statement that waits for a lock without end",
        instead="SET lock_timeout inside the autocommit block, RESET after it",
        source=TIMEOUT,
        severity="warning",
    ),
    Check(
        faults=review_checks.mirror,
        hazard="incomplete-downgrade",
        passes="downgrade() drops exactly the indexes that upgrade() creates",
        why="after a rollback the schema would be neither the old nor the new one",
        instead="drop each index that upgrade() creates, and no other",
        source=ALEMBIC,
    ),
    Check(
        faults=review_checks.names,
        hazard="index-name",
        passes="index names tell their table and columns",
        why="a name that does not say what it indexes is kept for ever, because nobody dares to drop it",
        instead="name it idx_<table>_<columns>",
        source="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
        severity="warning",
    ),
    Check(
        faults=review_checks.data,
        hazard="data-loss",
        passes="no statement removes or changes rows",
        why="an index revision has no reason to touch data",
        instead="move it to a revision of its own, approved by a person",
        source=ALEMBIC,
    ),
    Check(
        faults=review_checks.proof_errors,
        hazard="upgrade-failed",
        passes="every step of the proof ran, and its version was seen from a second session",
        why="what failed on the disposable server fails on production",
        instead="mend the statement and prove it again",
        source=ALEMBIC,
    ),
    Check(
        faults=review_checks.proof_locks,
        hazard="blocking-lock",
        passes="no lock in the proof blocked reads or writes of a table that was there before",
        why="the application waits for as long as the lock is held",
        instead="use the form of the statement that takes SHARE UPDATE EXCLUSIVE or less",
        source=LOCKS,
    ),
    Check(
        faults=review_checks.proof_roundtrip,
        hazard="incomplete-downgrade",
        passes="up, down and up again came back to the same schema and the same rows",
        why="a rollback would not bring back what was there",
        instead="undo every statement of upgrade() in reverse order",
        source=ALEMBIC,
    ),
    Check(
        faults=review_checks.proof_findings,
        hazard="proof-findings",
        passes="the proof found no hazard",
        why="each hazard was observed on a server",
        instead="mend the revision as the finding says",
        source=LOCKS,
    ),
    Check(
        faults=review_checks.proof_covers,
        hazard="proof-of-another-file",
        passes="the statements that were proved are the statements in the file",
        why="a file that changed after its proof is not proved",
        instead="prove the file again",
        source=ALEMBIC,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Review:
    verdict: str  # approved, changes-requested or could-not-review
    findings: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    reason: str = ""  # of a verdict "could-not-review"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def review(revision: WrittenRevision, proof: Mapping[str, Any], *, prefix: str = "idx_") -> Review:
    """A verdict on the file and its proof, with every check that led to it. Index names begin with `prefix`."""
    missing = [key for key in NEEDED if key not in proof]
    if missing:
        return _not_possible(f"the proof has no {', '.join(missing)}")
    try:
        subject = _subject(revision, proof, prefix)
    except (OSError, SyntaxError, UnicodeDecodeError, UsageError) as error:
        return _not_possible(f"cannot read {revision.path}: {error}")
    checks: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    for check in CHECKS:
        faults = list(check.faults(subject))
        said = "; ".join(fault.what for fault in faults) or check.passes
        checks.append({"id": check.id, "passed": not faults, "evidence": said})
        findings += [_finding(check, fault, revision) for fault in faults]
    return Review(verdict="changes-requested" if findings else "approved", findings=findings, checks=checks)


def _not_possible(reason: str) -> Review:
    return Review(verdict="could-not-review", findings=[], checks=[], reason=reason)


def _subject(revision: WrittenRevision, proof: Mapping[str, Any], prefix: str) -> Subject:
    return Subject(
        source=review_source.read(revision.path),
        revision=revision.revision,
        down_revision=revision.down_revision,
        others=dict(_others(revision)),
        project=revision.ini.parent,
        prefix=prefix,
        proof=proof,
    )


def _others(revision: WrittenRevision) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The other revisions of the script directory; a second head is seen here and not refused."""
    folders, recursive = project.locations(revision.ini.parent)
    for path in scripts.files(folders, recursive=recursive):
        found = scripts.read(path) if path.resolve() != revision.path.resolve() else None
        if found is not None:
            down = found.identifiers.get("down_revision")
            yield found.revision, (down,) if isinstance(down, str) else tuple(down or ())


def _finding(check: Check, fault: review_checks.Fault, revision: WrittenRevision) -> dict[str, Any]:
    return {
        "hazard": check.hazard,
        "table": fault.table,
        "severity": check.severity,
        "evidence": check.evidence,
        "observed": fault.what,
        "location": {"file": str(revision.path), "line": fault.line},
        "why": check.why,
        "instead": check.instead,
        "source": check.source,
    }
