"""A tool rewrites rows of many tables."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="rewrite-records",
    decision=ASK,
    why="rewrites rows in many tables at once",
    instead="try it first with --dry-run, and let the user decide",
    source="https://developer.wordpress.org/cli/commands/search-replace/",
    fires_on=(
        "wp search-replace http://old.example https://new.example",
        "wp --path=/srv/www search-replace a b --all-tables",
        "drush sql:sanitize -y",
    ),
    silent_on=(
        "wp search-replace a b --dry-run",
        "wp option get siteurl",
        "wp search-replace a b --export=out.sql",
        "drush sql:sanitize --simulate",
        "sed -i s/a/b/ post.md",
    ),
)
