"""The revision file as it is written: in the project's style, whole, and never over another one."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from orchestrator.migration import project, revision
from orchestrator.migration.revision import NewIndex, RevisionSpec, WrittenRevision
from orchestrator.model.errors import CouldNotFindOut, UsageError

WHEN = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
HNSW = NewIndex(
    name="idx_documents_embedding",
    table="documents",
    method="hnsw",
    definition="hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64)",
    reason="The vector half of the search read every row.",
)
GIN = NewIndex(
    name="idx_documents_body",
    table="documents",
    method="gin",
    definition="gin (to_tsvector('english', body))",
    reason="The text half of the search read every row.",
)
SPEC = RevisionSpec(
    message="Add hybrid search indexes",
    indexes=(HNSW, GIN),
    maintenance_work_mem="256MB",
    parallel_workers=1,
    notes=("154.2 ms before, 2.5 ms after (measured)",),
)
OLD_STYLE = """'''First.'''
from alembic import op
import sqlalchemy as sa

revision = 'aaa'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute('SELECT 1')
"""
NEW_STYLE = '''"""First."""

from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op

revision: str = "aaa"
down_revision: Union[str, None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.execute("SELECT 1")
'''


def environment(folder: Path, first: str, *, options: str = "") -> Path:
    (folder / "migrations" / "versions").mkdir(parents=True)
    (folder / "alembic.ini").write_text(f"[alembic]\nscript_location = %(here)s/migrations\n{options}")
    (folder / "migrations" / "versions" / "aaa_first.py").write_text(first)
    return folder


def write(folder: Path, spec: RevisionSpec = SPEC, *, revision_id: str = "bbb") -> WrittenRevision:
    return revision.write(
        spec, project=project.find(folder), fallback=folder / "run", revision_id=revision_id, created_at=WHEN
    )


def rendered(written: WrittenRevision, direction: str = "upgrade") -> str:
    """What `alembic upgrade --sql` prints for the revision."""
    from alembic import command
    from alembic.config import Config

    out = StringIO()
    config = Config(str(written.ini), output_buffer=out)
    span = f"{written.down_revision or 'base'}:{written.revision}"
    if direction == "upgrade":
        command.upgrade(config, span, sql=True)
    else:
        command.downgrade(config, f"{written.revision}:{written.down_revision or 'base'}", sql=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("first", "head"),
    [
        (OLD_STYLE, "from alembic import op\nimport sqlalchemy as sa\n\n# revision identifiers, used by Alembic.\n"),
        (NEW_STYLE, "from typing import Sequence, Union\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n# rev"),
    ],
)
def test_imports_follow_the_newest_revision(tmp_path, first, head):
    text = write(environment(tmp_path, first)).path.read_text()
    assert head in text


def test_a_project_without_hints_gets_none_and_keeps_its_quotes(tmp_path):
    text = write(environment(tmp_path, OLD_STYLE)).path.read_text()
    assert "revision = 'bbb'\ndown_revision = 'aaa'\nbranch_labels = None\n" in text
    assert "def upgrade():\n" in text
    assert "def is_invalid(index):\n" in text


def test_a_project_with_hints_gets_the_same_hints(tmp_path):
    text = write(environment(tmp_path, NEW_STYLE)).path.read_text()
    assert 'revision: str = "bbb"\ndown_revision: Union[str, None] = "aaa"\n' in text
    assert "def upgrade() -> None:\n" in text


def test_a_hint_whose_import_is_unusual_is_left_out(tmp_path):
    first = NEW_STYLE.replace("from typing import Sequence, Union", "import typing as t").replace("Union[", "t.Union[")
    text = write(environment(tmp_path, first)).path.read_text()
    assert 'down_revision = "aaa"\n' in text
    assert "typing" not in text


def test_the_file_is_named_as_the_project_names_its_files(tmp_path):
    options = "file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s\n"
    options += "truncate_slug_length = 12\ntimezone = Europe/Berlin\n"
    written = write(environment(tmp_path, OLD_STYLE, options=options))
    assert written.path.name == "2026_11_22_0730-bbb_add_hybrid_.py"
    assert "Create Date: 2026-11-22 07:30:00+01:00\n" in written.path.read_text()


def test_the_revision_follows_the_head_and_becomes_the_head(tmp_path):
    written = write(environment(tmp_path, OLD_STYLE))
    assert (written.revision, written.down_revision) == ("bbb", "aaa")
    found = project.find(tmp_path)
    assert found is not None
    assert found.head == "bbb"


def test_writing_again_gives_the_same_file_and_no_second_one(tmp_path):
    first = write(environment(tmp_path, NEW_STYLE))
    before = first.path.stat()
    assert write(tmp_path) == first
    assert first.path.stat() == before
    assert len(list(first.path.parent.iterdir())) == 2


def test_another_text_under_the_same_id_is_not_overwritten(tmp_path):
    first = write(environment(tmp_path, NEW_STYLE))
    first.path.write_text(first.path.read_text() + "# edited by a person\n")
    with pytest.raises(UsageError, match="not overwritten"):
        write(tmp_path)
    assert first.path.read_text().endswith("# edited by a person\n")


def test_without_a_project_a_complete_environment_is_written_beside_the_run(tmp_path):
    written = write(tmp_path)
    assert written.ini == tmp_path / "run" / "alembic.ini"
    assert written.path == tmp_path / "run" / "versions" / "bbb_add_hybrid_search_indexes.py"
    assert written.down_revision is None
    assert write(tmp_path) == written
    assert "CREATE INDEX CONCURRENTLY idx_documents_embedding" in rendered(written)


def test_alembic_renders_the_revision_offline_in_the_order_it_runs(tmp_path):
    text = rendered(write(tmp_path))
    wanted = [
        "COMMIT;",
        "SET lock_timeout = '5s';",
        "SET statement_timeout = 0;",
        "SET maintenance_work_mem = '256MB';",
        "SET max_parallel_maintenance_workers = 1;",
        "CREATE INDEX CONCURRENTLY idx_documents_embedding ON documents USING hnsw (embedding vector_cosine_ops) "
        "WITH (m = 16, ef_construction = 64);",
        "CREATE INDEX CONCURRENTLY idx_documents_body ON documents USING gin (to_tsvector('english', body));",
        "RESET lock_timeout;",
        "RESET max_parallel_maintenance_workers;",
        "BEGIN;",
    ]
    places = [text.index(part) for part in wanted]
    assert places[1:-1] == sorted(places[1:-1])
    assert places[0] < places[1] < places[-2] < text.rindex("BEGIN;")


def test_the_downgrade_drops_in_reverse_order_without_blocking(tmp_path):
    text = rendered(write(tmp_path), "downgrade")
    second = text.index("DROP INDEX CONCURRENTLY IF EXISTS idx_documents_body;")
    assert second < text.index("DROP INDEX CONCURRENTLY IF EXISTS idx_documents_embedding;")
    assert "SET lock_timeout = '5s';" in text


def test_a_leftover_may_not_pass_as_done(tmp_path):
    text = write(tmp_path).path.read_text()
    assert "IF NOT EXISTS" not in text
    assert text.index("if is_invalid(") < text.index("CREATE INDEX CONCURRENTLY")


AWKWARD = [
    NewIndex(
        name='idx_Doc\'s "body"', table='app."Docs:x"', method="gin", definition="gin (b)", reason='Ends in """ and \\'
    ),
    NewIndex(name="select", table="t", method="btree", definition="btree (a)", where="b = ':c 100%'", reason="\x00\n"),
    NewIndex(name="idx_t_" + "x" * 57, table='"' + "y" * 63 + '"."z"', method="hash", definition="hash (a)", reason=""),
    NewIndex(name="ix", table="t", method="gin", definition="gin (" + "a" * 300 + ")", unique=True, reason="é" * 300),
]


@pytest.mark.parametrize("index", AWKWARD, ids=["quotes", "colons", "long names", "long text"])
def test_awkward_names_and_texts_reach_the_server_as_they_are(tmp_path, index):
    written = write(tmp_path, RevisionSpec(message='A """message" \\', indexes=(index,)))
    assert index.create + ";" in rendered(written)
    ast.parse(written.path.read_text())


def test_the_written_files_pass_ruff_and_fit_the_line(tmp_path):
    written = write(tmp_path, RevisionSpec(message="m" * 200, indexes=(HNSW, *AWKWARD), notes=("n " * 200,)))
    in_project = write(environment(tmp_path / "project", NEW_STYLE))
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "E4,E7,E9,F,W"]
    paths = [str(written.ini.parent), str(in_project.path)]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    command = [sys.executable, "-m", "ruff", "check", "--isolated", str(written.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert max(map(len, written.path.read_text().splitlines())) <= 120


def changed(index: NewIndex, **values: object) -> RevisionSpec:
    from dataclasses import replace

    return RevisionSpec(message="m", indexes=(replace(index, **values),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spec",
    [
        changed(HNSW, table="documents; DROP TABLE documents"),
        changed(HNSW, table="documents -- "),
        changed(HNSW, table='documents" USING'),
        changed(HNSW, table="a.b.c"),
        changed(HNSW, table=""),
        changed(HNSW, name=""),
        changed(HNSW, name="x" * 64),
        changed(HNSW, name="a\nb"),
        changed(HNSW, definition="hnsw (embedding); DROP TABLE documents"),
        changed(HNSW, definition="hnsw (embedding) /* x"),
        changed(HNSW, definition="hnsw (embedding) -- x"),
        changed(HNSW, definition="hnsw (embedding"),
        changed(HNSW, definition="hnsw embedding)("),
        changed(HNSW, definition="hnsw ('open)"),
        changed(HNSW, definition="hnsw ($$x$$)"),
        changed(HNSW, definition="hnsw (E'\\'x')"),
        changed(HNSW, definition="gin (embedding)"),
        changed(HNSW, where="a) OR (true"),
        changed(HNSW, where="true; SELECT 1"),
        RevisionSpec(message="m", indexes=()),
        RevisionSpec(message="m", indexes=(HNSW,), lock_timeout="5s'; DROP TABLE t; --"),
        RevisionSpec(message="m", indexes=(HNSW,), maintenance_work_mem="1GB; x"),
    ],
)
def test_what_is_more_than_its_part_of_the_statement_is_refused(tmp_path, spec):
    with pytest.raises(UsageError):
        write(tmp_path, spec)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("revision_id", ["", "a" * 33, "a'b", "../x"])
def test_a_revision_id_that_alembic_could_not_store_is_refused(tmp_path, revision_id):
    with pytest.raises(UsageError, match="revision id"):
        write(tmp_path, revision_id=revision_id)


def test_a_place_that_takes_no_files_is_one_clear_error(tmp_path):
    (tmp_path / "run").write_text("a file where the folder should be")
    with pytest.raises(CouldNotFindOut, match="cannot write"):
        write(tmp_path)
