"""typeorm-extension."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-d --dataSource -r --root -s --synchronize -i --initialDatabase --name -c --config --seed",
    commands={
        "db:drop": "destroy-database",
        "db:create": "nothing",
        "seed:run": "seed-database",
        "seed": "seed-database",
    },
)
