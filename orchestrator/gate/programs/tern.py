"""tern."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-d --destination -m --migrations -c --config --conn-string --database --host --port --user --password "
    "--sslmode --sslrootcert --version-table --ssh-host --ssh-user --ssh-port",
    commands={"migrate": "run-migration", "code install": "run-migration"},
)
