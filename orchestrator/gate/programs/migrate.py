"""golang-migrate; node-migrate and sqlalchemy-migrate have the same name and much the same words."""

from __future__ import annotations

from orchestrator.gate.migration import reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if not call.args and call.argv[0].endswith("/migrate") and not call.argv[0].startswith("/usr/"):
        call.effect("unread-task")  # the tool alone does nothing; a script of this name does
    migrate(call)


migrate = reader(
    values="-source --source -path --path -database --database -prefetch --prefetch -lock-timeout --lock-timeout "
    "-ext --ext -dir --dir -digits --digits -format --format -tz --tz --store --migrations-dir --compiler --matches "
    "-c --chdir -f --state-file -s --url --repository",
    commands={
        "up": "nothing if --preview_sql; run-migration",
        "upgrade": "nothing if --preview_sql; run-migration",
        "goto": "run-migration",
        "down": "revert-migration",
        "downgrade": "nothing if --preview_sql; revert-migration",
        "drop": "reset-database",
        "force": "stamp-migration",
        "version_control": "create-tool-tables",
        "drop_version_control": "stamp-migration",
    },
)
