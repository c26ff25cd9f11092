"""gh-ost: without --execute it only tries."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={},
    values="--alter -alter --host -host --database -database --table -table --user -user --password -password --conf "
    "-conf",
    bare="run-migration if --execute -execute",
    other="run-migration if --execute -execute",
)
