"""Ridgepole."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={},
    values="-c --config -E --env -s --spec-name -f --file -o --output -t --tables --ignore-tables --table-options -r "
    "--require -d --diff --pre-query --post-query",
    quiet="--dry-run -e --export",
    bare="push-schema if -a --apply -m --merge",
    other="push-schema if -a --apply -m --merge",
)
