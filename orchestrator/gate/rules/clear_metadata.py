"""Metadata of an API over a database is deleted."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="clear-metadata",
    decision=DENY,
    why="deletes all metadata of a running server: every table, relation and permission of the API",
    instead="export the metadata (hasura metadata export) and change the files",
    source="https://hasura.io/docs/2.0/hasura-cli/commands/hasura_metadata_clear/",
    fires_on=(
        "hasura metadata clear",
        "hasura md clear --endpoint https://api.example.com",
    ),
    silent_on=(
        "hasura metadata export",
        "hasura metadata reload",
        "echo hasura metadata clear",
    ),
)
