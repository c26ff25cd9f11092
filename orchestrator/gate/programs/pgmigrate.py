"""pgmigrate."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-t --target -c --conn -d --base_dir -u --user -b --baseline -a --callbacks -m --schema",
    quiet="-n --dryrun",
    commands={"migrate": "run-migration", "baseline": "stamp-migration", "clean": "stamp-migration"},
)
