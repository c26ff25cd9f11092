"""A database and everything in it is dropped."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="destroy-database",
    decision=DENY,
    why="drops a whole database with everything in it; there is no undo",
    instead="show the user the exact command, say what is in the database, and let the user run it",
    source="https://www.postgresql.org/docs/current/app-dropdb.html",
    fires_on=(
        "dropdb shop",
        "dropdb --if-exists -h db.internal -U admin shop",
        "sudo -u postgres pg_dropcluster 16 main --stop",
        "mysqladmin -u root -psecret drop shop",
        "mysqladmin --force drop shop",
        "mongosh shop --eval 'db.dropDatabase()'",
        "docker exec mongo mongosh shop --quiet --eval \"db.getSiblingDB('shop').dropDatabase()\"",
        "curl -X DELETE http://localhost:5984/shop",
        "kubectl delete postgresql acid-shop",
        "cqlsh -e 'DROP KEYSPACE shop'",
    ),
    silent_on=(
        "dropdb --help",
        "createdb shop",
        "echo dropdb shop",
        "mysqladmin status",
        "mysqladmin create shop",
        "mongosh shop --eval 'db.stats()'",
        "mongosh shop --eval 'print(\"db.dropDatabase()\")'",
        "curl http://localhost:5984/shop",
        "curl -X DELETE http://localhost:3000/posts/7",
        "git log --grep dropdb",
        "kubectl get postgresql",
    ),
    clause="dont-drop",
)
