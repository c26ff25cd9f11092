"""The console of Laravel."""

from __future__ import annotations

from orchestrator.gate import own_tasks
from orchestrator.gate.migration import abbreviations, client_input, reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Commands, Line


def _tinker(call: Call, line: Line) -> None:
    text = line.last("--execute")
    if text is not None:
        call.code("php", text)
    elif call.stdin is not None:
        call.code("php", call.stdin)


def _client(call: Call, line: Line) -> None:
    del line
    client_input(call)


COMMANDS: Commands = {
    "migrate": "nothing if --pretend; run-migration",
    "migrate:fresh": "nothing if --pretend; reset-database",
    "migrate:refresh": "nothing if --pretend; reset-database",
    "migrate:reset": "nothing if --pretend; reset-database",
    "migrate:rollback": "nothing if --pretend; revert-migration",
    "migrate:install": "create-tool-tables",
    "db:wipe": "reset-database",
    "db:seed": "seed-database",
    "model:prune": "nothing if --pretend; prune-records",
    "tenants:migrate": "nothing if --pretend; run-migration",
    "tenants:migrate-fresh": "reset-database",
    "tenants:rollback": "nothing if --pretend; revert-migration",
    "tenants:seed": "seed-database",
    "module:migrate": "nothing if --pretend; run-migration",
    "module:migrate-fresh": "reset-database",
    "module:migrate-refresh": "reset-database",
    "module:migrate-reset": "reset-database",
    "module:migrate-rollback": "revert-migration",
    "module:seed": "seed-database",
    "doctrine:migrations:migrate": "nothing if --dry-run; run-migration",
    "doctrine:schema:drop": "reset-database",
    "tinker": _tinker,
    "db": _client,
    "migrate:status": "nothing",
}


def read(call: Call) -> None:
    name = next((word for word in call.args if not word.startswith("-")), "")
    if ":" not in name or name in COMMANDS or name.startswith(BUILT_IN) or not own_tasks.console(call, name):
        artisan(call)


# Names of commands that Laravel itself has.
BUILT_IN = (
    "make:", "config:", "route:", "cache:", "view:", "queue:", "schedule:", "event:", "key:", "storage:", "vendor:",
    "optimize:", "package:", "db:", "migrate:", "lang:", "stub:", "schema:", "auth:",
)  # fmt: skip
artisan = reader(
    values="--database --path --schema-path --class --seeder --env --execute --tenants --model",
    commands=COMMANDS,
    normal=abbreviations(COMMANDS),
    custom=True,
)
