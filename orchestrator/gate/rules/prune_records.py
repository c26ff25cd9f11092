"""A tool deletes rows that it holds to be old."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="prune-records",
    decision=ASK,
    why="deletes rows that the tool holds to be old or unwanted",
    instead="count the rows first and let the user decide",
    source="https://laravel.com/docs/eloquent#pruning-models",
    fires_on=(
        "php artisan model:prune",
        "airflow db clean --clean-before-timestamp 2024-01-01 --yes",
        "drush entity:delete node --bundle=article",
    ),
    silent_on=(
        "php artisan model:prune --pretend",
        "airflow db clean --dry-run --clean-before-timestamp 2024-01-01",
        "php artisan model:show Post",
        "git remote prune origin",
        "docker image prune -f",
    ),
)
