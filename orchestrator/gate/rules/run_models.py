"""A transformation tool builds tables in the warehouse."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="run-models",
    decision=ASK,
    why="builds tables and views in the warehouse and replaces what was built before",
    instead=(
        "compile the models and read the SQL (dbt compile, dbt show), then name the target and let the user decide"
    ),
    source="https://docs.getdbt.com/reference/commands/run",
    fires_on=(
        "dbt run",
        "dbt build --select orders+",
        "dbt seed --full-refresh",
        "dbt --profiles-dir . snapshot",
        "uv run dbt run-operation drop_old_relations",
        "sqlmesh run",
    ),
    silent_on=(
        "dbt compile",
        "dbt test",
        "dbt parse",
        "dbt docs generate",
        "dbt ls --select orders+",
        "dbt deps",
        "dbt debug",
        "sqlmesh lint",
    ),
)
