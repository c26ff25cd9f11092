"""Liquibase; update-sql and updateSQL are one command."""

from __future__ import annotations

from orchestrator.gate.migration import reader, statement, statement_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _normal(name: str) -> str:
    return name.replace("-", "").lower()


def _execute(call: Call, line: Line) -> None:
    text = line.last("--sql")
    if text is not None:
        statement(call, text)
    else:
        statement_file(call, line.last("--sql-file", "--sqlFile", "--sqlfile"))


read = reader(
    values="--url --username --password --changelog-file --changeLogFile --defaults-file --defaultsFile --driver "
    "--classpath --contexts --context-filter --label-filter --labels --default-schema-name --default-catalog-name "
    "--log-level --log-file --search-path --count --tag --date --output-file --sql --sql-file "
    "--liquibase-schema-name --changeset-author --changeset-identifier --changeset-path --rollback-script "
    "--deployment-id --schemas --headless --flow-file --reference-url --reference-username --reference-password "
    "--format --diff-types",
    commands={
        "update": "run-migration",
        "updatecount": "run-migration",
        "updatetotag": "run-migration",
        "updatetestingrollback": "run-migration",
        "updateonechangeset": "run-migration",
        "rollback": "revert-migration",
        "rollbackcount": "revert-migration",
        "rollbacktodate": "revert-migration",
        "rollbackonechangeset": "revert-migration",
        "rollbackoneupdate": "revert-migration",
        "dropall": "reset-database",
        "changelogsync": "stamp-migration",
        "changelogsynctotag": "stamp-migration",
        "marknextchangesetran": "stamp-migration",
        "clearchecksums": "stamp-migration",
        "tag": "stamp-migration",
        "releaselocks": "unlock-migrations",
        "executesql": _execute,
        "flow": "unread-task",
    },
    normal=_normal,
)
