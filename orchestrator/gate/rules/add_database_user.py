"""A database user is made or gets a new password."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="add-database-user",
    decision=ASK,
    why="makes a role that can log in to the database, or gives one a new password",
    instead="write the CREATE ROLE statement down and let the user run it",
    source="https://www.postgresql.org/docs/current/app-createuser.html",
    fires_on=(
        "createuser -s app",
        "createuser --createdb -U postgres app",
        "gcloud sql users create app --instance=shop",
    ),
    silent_on=(
        "createuser --help",
        "useradd bob",
        "createdb app",
    ),
)
