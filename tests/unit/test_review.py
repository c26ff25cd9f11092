"""The reviewer: approves what is right, and each of its checks fails on a revision that breaks it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from orchestrator.migration import review, revision
from orchestrator.migration.revision import NewIndex, RevisionSpec, WrittenRevision

INDEX = NewIndex(
    name="idx_documents_body", table="documents", method="gin", definition="gin (tsv)", reason="Read every row."
)
CREATE = "CREATE INDEX CONCURRENTLY idx_documents_body ON documents USING gin (tsv)"


@pytest.fixture
def written(tmp_path: Path) -> WrittenRevision:
    spec = RevisionSpec(message="Add an index", indexes=(INDEX,))
    return revision.write(
        spec, project=None, fallback=tmp_path / "run", revision_id="abc", created_at=datetime(2026, 11, 22, tzinfo=UTC)
    )


def proof_of(written: WrittenRevision) -> dict[str, Any]:
    """A proof in which all went well."""
    line = next(n for n, text in enumerate(written.path.read_text().splitlines(), 1) if "CREATE INDEX" in text)
    phase = {"error": None, "version_is_committed": True}
    return {
        "statements": [{"phase": "upgrade", "line": line, "sql": CREATE}],
        "phases": {name: dict(phase) for name in ("upgrade", "downgrade", "second_upgrade")},
        "roundtrip": {"schema_equal": True, "data_equal": True, "second_upgrade": True},
        "writers": {"attempts": 9, "max_ms": 2.0, "blocked_over_100_ms": 0},
        "readers": {"attempts": 9, "max_ms": 2.0, "blocked_over_100_ms": 0},
        "findings": [],
        "strongest_lock": [
            {"phase": "upgrade", "table": "documents", "mode": "SHARE UPDATE EXCLUSIVE", "blocks": "schema changes"}
        ],
    }


def failed(result: review.Review) -> set[str]:
    return {check["id"] for check in result.checks if not check["passed"]}


def test_a_revision_of_our_own_writing_with_a_good_proof_is_approved(written):
    result = review.review(written, proof_of(written))
    assert (result.verdict, result.findings) == ("approved", [])
    assert {check["id"] for check in result.checks} == {check.id for check in review.CHECKS}
    assert all(check["evidence"] for check in result.checks)


FILE_FAULTS = [
    ("identifiers", 'revision: str = "abc"', 'revision: str = "abd"'),
    ("identifiers", "down_revision: str | Sequence[str] | None = None", 'down_revision = "gone"'),
    ("identifiers", 'revision: str = "abc"', 'revision: str = "a" + "bc"'),
    ("imports", "import sqlalchemy as sa", "import sqlalchemy as sa\nimport not_installed_anywhere"),
    ("imports", "import sqlalchemy as sa", "import sqlalchemy as sa\nfrom . import models"),
    ("imports", "import sqlalchemy as sa", "import sqlalchemy as sa\nfrom shop.models import Order"),
    ("directions", "def downgrade()", "def downward()"),
    ("directions", "def downgrade() -> None:\n", "def downgrade() -> None:\n    pass\n\n\ndef unused() -> None:\n"),
    ("directions", "def upgrade() -> None:\n", "def upgrade() -> None:\n    raise SystemExit\n\n\ndef up() -> None:\n"),
    ("readable", '"DROP INDEX CONCURRENTLY IF EXISTS idx_documents_body"', 'f"DROP INDEX {context}"'),
    ("concurrently", "CREATE INDEX CONCURRENTLY", "CREATE INDEX"),
    (
        "autocommit",
        "def upgrade() -> None:\n    with op.get_context().autocommit_block():",
        "def upgrade():\n    if 1:",
    ),
    ("if-not-exists", "CREATE INDEX CONCURRENTLY", "CREATE INDEX CONCURRENTLY IF NOT EXISTS"),
    ("if-not-exists", "CREATE INDEX CONCURRENTLY", "create index  concurrently\\n if not exists"),
    ("invalid-guard", 'if is_invalid("idx_documents_body"):', "with None:"),
    ("invalid-guard", "indisvalid", "indisready"),
    ("invalid-guard", '"DROP INDEX CONCURRENTLY idx_documents_body"', '"DROP INDEX CONCURRENTLY idx_other"'),
    ("lock-timeout", "SET lock_timeout = '5s'", "SET LOCAL lock_timeout = '5s'"),
    ("lock-timeout", "SET lock_timeout = '5s'", "SET lock_timeout = 0"),
    ("lock-timeout", "SET statement_timeout = 0", "RESET lock_timeout"),
    ("mirror", "IF EXISTS idx_documents_body", "IF EXISTS idx_documents_title"),
    ("mirror", "IF EXISTS idx_documents_body", "IF EXISTS app.idx_documents_body"),
    ("names", "idx_documents_body", "documents_body_idx"),
    ("names", "idx_documents_body", "idx_documents_"),
    ("data", "SET statement_timeout = 0", "TRUNCATE documents"),
    ("data", "SET statement_timeout = 0", "ALTER TABLE documents DROP COLUMN body"),
    ("data", "SET statement_timeout = 0", "DELETE FROM documents"),
    ("data", 'op.execute("SET statement_timeout = 0")', "op.drop_table('documents')"),
    ("proof-covers", "gin (tsv)", "gin (other)"),
]


@pytest.mark.parametrize(("check", "good", "bad"), FILE_FAULTS)
def test_a_check_fails_on_the_file_that_breaks_it(written, check, good, bad):
    proof = proof_of(written)
    text = written.path.read_text()
    assert good in text
    (written.ini.parent / "shop").mkdir()
    (written.ini.parent / "shop" / "__init__.py").touch()
    written.path.write_text(text.replace(good, bad))
    result = review.review(written, proof)
    assert result.verdict == "changes-requested"
    assert check in failed(result)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("revision = 'abc'\ndown_revision = None\n", "another file has the revision id abc"),
        ("revision = 'xyz'\ndown_revision = None\n", "two heads"),
    ],
)
def test_a_revision_that_does_not_fit_the_directory_is_sent_back(written, other, said):
    written.path.with_name("other.py").write_text(other)
    result = review.review(written, proof_of(written))
    assert failed(result) == {"identifiers"}
    assert said in result.findings[0]["observed"]


def fail_upgrade(proof: dict[str, Any]) -> None:
    proof["phases"]["upgrade"]["error"] = {"message": "out of memory", "line": 3}


def lose_version(proof: dict[str, Any]) -> None:
    proof["phases"]["upgrade"]["version_is_committed"] = False


def block_writes(proof: dict[str, Any]) -> None:
    proof["strongest_lock"][0] |= {"mode": "SHARE", "blocks": "writes"}


def keep_writers_waiting(proof: dict[str, Any]) -> None:
    proof["writers"]["blocked_over_100_ms"] = 2


def skip_the_way_back(proof: dict[str, Any]) -> None:
    proof["roundtrip"]["schema_equal"] = None


def change_rows(proof: dict[str, Any]) -> None:
    proof["roundtrip"]["data_equal"] = False


def find_a_hazard(proof: dict[str, Any]) -> None:
    proof["findings"] = [{"hazard": "x", "observed": "y", "table": "t", "location": {"line": 1}}]


def run_nothing(proof: dict[str, Any]) -> None:
    proof["statements"] = []


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (fail_upgrade, "proof-errors"),
        (lose_version, "proof-errors"),
        (block_writes, "proof-locks"),
        (keep_writers_waiting, "proof-locks"),
        (skip_the_way_back, "proof-roundtrip"),
        (change_rows, "proof-roundtrip"),
        (find_a_hazard, "proof-findings"),
        (run_nothing, "proof-covers"),
    ],
)
def test_a_check_fails_on_the_proof_that_breaks_it(written, spoil: Callable[[dict[str, Any]], None], check):
    proof = copy.deepcopy(proof_of(written))
    spoil(proof)
    result = review.review(written, proof)
    assert result.verdict == "changes-requested"
    assert failed(result) == {check}
    assert result.findings[0]["evidence"] == "proven"


def test_every_check_is_shown_to_fail():
    shown = {check for check, *_ in FILE_FAULTS} | {"proof-errors", "proof-locks", "proof-roundtrip", "proof-findings"}
    assert shown == {check.id for check in review.CHECKS}


def test_a_fault_is_reported_where_it_is(written):
    proof = proof_of(written)
    text = written.path.read_text().replace("CREATE INDEX CONCURRENTLY", "CREATE INDEX")
    written.path.write_text(text)
    finding = next(item for item in review.review(written, proof).findings if item["hazard"] == "blocking-index-create")
    line = text.splitlines()[finding["location"]["line"] - 1]
    assert "op.execute(" in line
    assert (finding["table"], finding["severity"], finding["evidence"]) == ("documents", "error", "inferred")


def test_another_naming_rule_can_be_given(written):
    assert failed(review.review(written, proof_of(written), prefix="ix_")) == {"names"}


def test_without_a_file_or_a_proof_there_is_no_verdict(written):
    proof = proof_of(written)
    assert review.review(written, {}).verdict == "could-not-review"
    written.path.write_text("def upgrade(:\n")
    assert review.review(written, proof).verdict == "could-not-review"
    written.path.unlink()
    result = review.review(written, proof)
    assert result.verdict == "could-not-review"
    assert "cannot read" in result.reason


def test_a_revision_in_alembics_own_calls_is_understood(written):
    text = f'''
import sqlalchemy as sa
from alembic import op

revision = "abc"
down_revision = None
NAME = "idx_documents_body"


def drop_leftover():
    if op.get_bind().scalar(sa.text("SELECT NOT indisvalid FROM pg_index")):
        op.drop_index(NAME, postgresql_concurrently=True)


def upgrade():
    op.execute("SET lock_timeout TO '3s'")
    with op.get_context().autocommit_block():
        drop_leftover()
        op.create_index("{INDEX.name}", "documents", ["tsv"], postgresql_using="gin", postgresql_concurrently=True)


def downgrade():
    op.execute(sa.text("SET lock_timeout TO '3s'"))
    with op.get_context().autocommit_block():
        op.drop_index(NAME, table_name="documents", postgresql_concurrently=True)
'''
    ran = [{"phase": "upgrade", "line": line, "sql": "CREATE INDEX"} for line in range(1, 40)]
    proof = proof_of(written) | {"statements": ran}
    written.path.write_text(text)
    assert review.review(written, proof).findings == []
