"""Functions that change jobs which run by themselves."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation


def matches(call: Invocation) -> bool:
    return call.name == "add_retention_policy" or (
        call.qualifier == "cron" and call.name in ("alter_job", "unschedule")
    )


RULE = Rule(
    id="change-scheduled-job",
    decision=ASK,
    why="the function changes a job that runs by itself, or lets one remove old rows from now on",
    instead="show cron.job and let a person change it",
    source="https://github.com/citusdata/pg_cron",
    fires_on=(
        "SELECT cron.unschedule('nightly')",
        "SELECT add_retention_policy('logs', interval '30 days')",
    ),
    silent_on=(
        "SELECT * FROM cron.job",
        "SELECT unschedule('x')",
        "SELECT 'cron.unschedule(1)'",
    ),
    matches=matches,
    clause="dont-write-production",
)
