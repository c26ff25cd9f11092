"""Every hazard, present and future: its own examples, run on a server."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from orchestrator.migration import hazard, proof
from orchestrator.migration.hazard import Example
from orchestrator.migration.revision import WrittenRevision
from orchestrator.pg import connect, scratch

pytestmark = pytest.mark.pg

GIVEN = """
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer text NOT NULL, amount int, code varchar(20), note text);
CREATE INDEX orders_customer_idx ON orders (customer);
INSERT INTO orders (customer, amount, code, note)
SELECT 'c' || g % 7, g, 'code', 'note ' || g FROM generate_series(1, 50) g;
"""
REVISION = '''"""An example."""

import sqlalchemy as sa
from alembic import op

revision = "abc"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
{upgrade}


def downgrade():
{downgrade}
'''


def written(folder: Path, example: Example) -> WrittenRevision:
    (folder / "versions").mkdir()
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\n")
    path = folder / "versions" / "abc_example.py"
    bodies = {
        "upgrade": textwrap.indent(example.upgrade, "    "),
        "downgrade": textwrap.indent(example.downgrade, "    "),
    }
    path.write_text(REVISION.format(**bodies))
    return WrittenRevision(
        path=path, revision="abc", down_revision=None, script_location=folder, ini=folder / "alembic.ini"
    )


def proved(server: scratch.Server, database: str, folder: Path, example: Example) -> proof.Proof:
    with connect.scratch(database) as connection:
        connection.execute(GIVEN)
        name = connection.info.dbname
    return proof.prove(server, name, written(folder, example), tables=["orders"])


def cases(kind: str) -> list[object]:
    return [
        pytest.param(item, example, id=f"{item.id}-{number}")
        for item in hazard.every()
        for number, example in enumerate(getattr(item, kind))
    ]


@pytest.mark.parametrize(("item", "example"), cases("fires_on"))
def test_a_hazard_is_seen_where_it_is(server, database, tmp_path, item, example):
    found = [
        finding for finding in proved(server, database, tmp_path, example).findings if finding["hazard"] == item.id
    ]
    assert len(found) == 1
    assert found[0]["table"] in ("orders", "*")
    assert found[0]["severity"] == item.severity
    line = Path(found[0]["location"]["file"]).read_text().splitlines()[found[0]["location"]["line"] - 1]
    assert line.strip().startswith(("op.", "def "))


@pytest.mark.parametrize(("item", "example"), cases("silent_on"))
def test_a_look_alike_of_a_hazard_is_let_pass(server, database, tmp_path, item, example):
    found = proved(server, database, tmp_path, example)
    assert item.id not in [finding["hazard"] for finding in found.findings]
    assert found.phases["upgrade"]["error"] is None


def test_the_id_of_a_hazard_is_the_name_of_its_file():
    folder = Path(hazard.hazards.__path__[0])
    files = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert {item.id for item in hazard.every()} == files
