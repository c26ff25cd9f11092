"""Rake tasks, those of Rails in front; a task of the project's own is known by its name only."""

from __future__ import annotations

from orchestrator.gate.migration import by_namespace, reader

TASKS = {
    "db:migrate": "run-migration",
    "db:migrate:up": "run-migration",
    "db:migrate:with_data": "run-migration",
    "db:forward": "run-migration",
    "db:prepare": "run-migration",
    "db:migrate:redo": "revert-migration",
    "db:migrate:down": "revert-migration",
    "db:rollback": "revert-migration",
    "db:migrate:reset": "reset-database",
    "db:reset": "reset-database",
    "db:setup": "reset-database",
    "db:schema:load": "reset-database",
    "db:structure:load": "reset-database",
    "db:fixtures:load": "reset-database",
    "db:truncate_all": "reset-database",
    "db:seed:replant": "reset-database",
    "db:purge": "reset-database",
    "db:drop": "destroy-database",
    "db:seed": "seed-database",
    "db:environment:set": "stamp-migration",
    "db:test:prepare": "load-schema",
    "db:test:load": "load-schema",
    "db:test:load_schema": "load-schema",
    "db:test:purge": "load-schema",
    "db:migrate:status": "nothing",
    "db:fixtures:identify": "nothing",
    "data:migrate": "run-migration",
    "data:rollback": "revert-migration",
    "data:migrate:status": "nothing",
    "data:forward": "run-migration",
    "apartment:migrate": "run-migration",
    "apartment:rollback": "revert-migration",
    "apartment:drop": "destroy-database",
    "hanami:db:migrate": "run-migration",
    "app:db:migrate": "run-migration",
    "app:db:rollback": "revert-migration",
    "app:db:drop": "destroy-database",
    "app:db:reset": "reset-database",
}

read = reader(
    values="-f --rakefile -I --libdir -r --require -R --rakelibdir -e --execute -E --execute-continue -C --directory",
    quiet="-n --dry-run -T --tasks -P --prereqs -D --describe -W --where -A --all -V",
    commands=TASKS,
    normal=by_namespace(TASKS),
    each=True,
    custom=True,
)
