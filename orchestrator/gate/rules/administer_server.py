"""A setting, an account or a connection of a running server is changed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="administer-server",
    decision=ASK,
    why="changes settings, accounts or connections of a running server, for everybody who uses it",
    instead="tell the user what should change and why, and let the user run it",
    source="https://dev.mysql.com/doc/refman/8.4/en/mysqladmin.html",
    fires_on=(
        "mysqladmin flush-hosts",
        "mysqladmin -u root password new",
        "mysqladmin kill 17",
        "redis-cli config set maxmemory 1gb",
        "redis-cli eval 'return 1' 0",
        "mongosh --eval 'db.adminCommand({setParameter: 1, logLevel: 2})'",
        "patronictl edit-config shop",
        "etcdctl member remove 8211f1d0f64f3269",
        "aws rds modify-db-instance --db-instance-identifier shop --master-user-password new",
    ),
    silent_on=(
        "mysqladmin status",
        "mysqladmin processlist",
        "redis-cli config get maxmemory",
        "redis-cli info",
        "mongosh --eval 'db.adminCommand({ping: 1})'",
        "etcdctl member list",
        "aws rds describe-db-parameters --db-parameter-group-name x",
    ),
)
