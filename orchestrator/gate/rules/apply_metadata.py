"""Metadata of an API over a database is replaced."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="apply-metadata",
    decision=ASK,
    why=(
        "replaces the metadata of a running server: tables, relations and permissions that the files do "
        "not name are gone"
    ),
    instead="show the difference first (hasura metadata diff) and let the user decide",
    source="https://hasura.io/docs/2.0/hasura-cli/commands/hasura_metadata_apply/",
    fires_on=(
        "hasura metadata apply",
        "hasura --project graph metadata apply",
        "hasura metadata inconsistency drop",
    ),
    silent_on=(
        "hasura metadata apply --dry-run",
        "hasura metadata diff",
        "hasura metadata export",
        "hasura console",
        "hasura metadata inconsistency list",
    ),
)
