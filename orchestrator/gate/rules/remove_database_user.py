"""A database user is removed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="remove-database-user",
    decision=ASK,
    why="removes a database role; whoever logs in as this role is locked out",
    instead="list what the role owns and let the user run it",
    source="https://www.postgresql.org/docs/current/app-dropuser.html",
    fires_on=(
        "dropuser app",
        "dropuser -h db --if-exists app",
        "gcloud sql users delete app --instance=shop",
    ),
    silent_on=(
        "dropuser --help",
        "userdel bob",
        "gcloud sql users list --instance=shop",
    ),
)
