"""The gate as Claude Code starts it: known calls, sent as text, get the right answers."""

from __future__ import annotations

from orchestrator.cli import gate_hook
from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, problem

BAD = ("psql shop -c 'DROP TABLE orders'", "DROP TABLE orders")
GOOD = ("ls -la", "psql shop -c 'SELECT count(*) FROM orders'", "SELECT 1")


def call(subject: Subject) -> Result:  # noqa: ARG001
    cases = [each for each in gate_hook.CASES if (each.given.get("command") or each.given.get("sql")) in BAD + GOOD]
    folder = gate_hook.installed()
    rows = gate_hook.answered(folder, cases)
    wrong = [
        problem(f"{row['call']} gets {row['decision']}, not {row['expected']}", "See orchestrate gate test.")
        for row in rows
        if not row["right"]
    ]
    denied = sum(row["decision"] == "deny" for row in rows)
    slowest = max(row["ms"] for row in rows)
    right = sum(row["right"] for row in rows)
    said = (
        f"the gate in {folder} answers {right} of {len(rows)} known calls rightly, {denied} of them with a denial, in "
        f"{slowest:.0f} ms at most; none was run"
    )
    return judged([said], wrong)


CHECK = Check(id="gate", title="the gate", order=40, deadline_s=60, call=call)
