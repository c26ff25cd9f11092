"""Sqitch."""

from __future__ import annotations

from orchestrator.gate.migration import reader

DEPLOY = "stamp-migration if --log-only; run-migration"
REVERT = "stamp-migration if --log-only; revert-migration"

read = reader(
    values="-C --cd --chdir --etc-path -f --plan-file --engine -t --target -d --db-name -h --db-host -p --db-port -u "
    "--db-user --client --registry -s --set --set-deploy --set-revert --to --to-change --from --onto --onto-change "
    "--upto --upto-change --mode --lock-timeout -n --note --format",
    commands={
        "deploy": DEPLOY,
        "revert": REVERT,
        "rebase": REVERT,
        "checkout": REVERT,
        "upgrade": "create-tool-tables",
    },
)
