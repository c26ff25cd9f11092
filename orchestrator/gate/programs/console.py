"""The console of Symfony, with what Doctrine adds to it."""

from __future__ import annotations

from orchestrator.gate.migration import abbreviations, reader, statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Commands, Line


def _statement(call: Call, line: Line) -> None:
    statement(call, line.rest[0] if line.rest else None)


ORM: Commands = {
    "schema:drop": "nothing if --dump-sql; reset-database if --force -f",
    "schema:update": "push-schema if --force -f",
    "schema:create": "nothing if --dump-sql; create-tool-tables",
}
COMMANDS: Commands = {
    "doctrine:migrations:migrate": "nothing if --dry-run --write-sql; run-migration",
    "doctrine:migrations:execute": "nothing if --dry-run --write-sql; revert-migration if --down; run-migration",
    "doctrine:migrations:version": "stamp-migration",
    "doctrine:migrations:rollup": "stamp-migration",
    "doctrine:migrations:sync-metadata-storage": "create-tool-tables",
    "doctrine:database:drop": "destroy-database if --force -f",
    "doctrine:fixtures:load": "nothing if --dry-run; seed-database if --append; reset-database",
    "doctrine:query:sql": _statement,
    "doctrine:mongodb:schema:drop": "reset-database",
    "dbal:run-sql": _statement,
    "hautelook:fixtures:load": "seed-database if --append; reset-database",
    "foundry:load-fixtures": "seed-database",
    "messenger:setup-transports": "create-tool-tables",
    **{"doctrine:" + name: meaning for name, meaning in ORM.items()},
    **{"orm:" + name: meaning for name, meaning in ORM.items()},
    # These stand here so that a shortened name finds them and nothing that changes data.
    "doctrine:migrations:status": "nothing",
    "doctrine:migrations:latest": "nothing",
    "doctrine:migrations:up-to-date": "nothing",
    "doctrine:migrations:diff": "nothing",
    "doctrine:migrations:dump-schema": "nothing",
    "doctrine:database:create": "nothing",
}

read = reader(
    values="-e --env --em --conn --connection -c --configuration --filter-expression --group --shard --purger",
    commands=COMMANDS,
    normal=abbreviations(COMMANDS),
    custom=True,
)
