"""An infrastructure tool forgets a database that it has made."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="forget-database",
    decision=ASK,
    why="makes the tool forget a database: nobody manages it any more, and the next apply tries to make a second one",
    instead="show the user the entry (terraform state show) and let the user remove it",
    source="https://developer.hashicorp.com/terraform/cli/commands/state/rm",
    fires_on=("terraform state rm aws_db_instance.main", "tofu state rm module.postgres"),
    silent_on=(
        "terraform state rm aws_s3_bucket.logs",
        "terraform state list",
        "terraform state show aws_db_instance.main",
        "terraform state rm -dry-run aws_db_instance.main",
    ),
)
