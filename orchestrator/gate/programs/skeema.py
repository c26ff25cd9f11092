"""Skeema."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-h --host -u --user -P --port -p --password -S --socket --schema --connect-options --alter-wrapper -o",
    commands={"push": "nothing if --dry-run; push-schema"},
)
