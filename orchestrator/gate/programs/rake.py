"""Rake tasks, those of Rails in front, and tasks that the project defines."""

from __future__ import annotations

from orchestrator.gate import own_tasks
from orchestrator.gate.migration import by_namespace, reader
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

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


def read(call: Call) -> None:
    rake(call)
    if not any(word in QUIET.split() for word in call.args):
        own(call, call.args)


def own(call: Call, words: list[str]) -> None:
    """Judges tasks that the project defines beside those of the table."""
    for word in words:
        name = word.partition("[")[0]
        if name not in TASKS and not name.startswith("-") and "=" not in name and "/" not in name and is_known(name):
            own_tasks.rake(call, name)


QUIET = "-n --dry-run -T --tasks -P --prereqs -D --describe -W --where -A --all -V"

rake = reader(
    values="-f --rakefile -I --libdir -r --require -R --rakelibdir -e --execute -E --execute-continue -C --directory",
    quiet=QUIET,
    commands=TASKS,
    normal=by_namespace(TASKS),
    each=True,
    custom=True,
)
