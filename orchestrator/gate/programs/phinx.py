"""Phinx."""

from __future__ import annotations

from orchestrator.gate.migration import abbreviations, reader

COMMANDS = {
    "migrate": "nothing if -x --dry-run; stamp-migration if --fake; run-migration",
    "rollback": "nothing if -x --dry-run; stamp-migration if --fake; revert-migration",
    "seed:run": "seed-database",
    "breakpoint": "stamp-migration",
}

read = reader(
    values="-e --environment -c --configuration -t --target -d --date -p --parser -s --seed",
    commands=COMMANDS,
    normal=abbreviations(COMMANDS),
)
