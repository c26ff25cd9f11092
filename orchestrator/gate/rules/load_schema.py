"""A dump of a schema is loaded into a database."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="load-schema",
    decision=ASK,
    why=("loads a schema dump into the database that the tool is configured for; many dumps drop tables first"),
    instead="load it into a new, empty database and compare",
    source="https://github.com/amacneil/dbmate#exporting-schema-file",
    fires_on=(
        "dbmate load",
        "bin/rails db:test:prepare",
        "mix ecto.load",
        "wp db import dump.sql",
    ),
    silent_on=(
        "dbmate dump",
        "bin/rails db:schema:dump",
        "mix ecto.dump",
        "wp db export dump.sql",
        "bin/rails test",
    ),
)
