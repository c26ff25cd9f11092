"""A tool writes many rows into a database."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="load-data",
    decision=ASK,
    why="writes rows into a database in bulk",
    instead="load into a scratch database or a table of its own first, and let the user load it where it counts",
    source="https://dev.mysql.com/doc/refman/8.4/en/mysqlimport.html",
    fires_on=(
        "mysqlimport --local shop orders.txt",
        "mongoimport --db shop --collection orders orders.json",
        "sqlite3 app.db '.import orders.csv orders'",
        "pgloader mysql://root@localhost/shop postgresql:///shop",
        "pgbench -c 4 -T 60 shop",
        "bq load shop.orders orders.csv",
    ),
    silent_on=(
        "mysqldump shop > shop.sql",
        "mongoexport --db shop --collection orders",
        "sqlite3 app.db '.dump orders'",
        "pgloader --version",
        "pgbench --select-only -c 4 -T 60 shop",
        "pgbench --help",
        "bq ls shop",
    ),
    clause="dont-write-production",
)
