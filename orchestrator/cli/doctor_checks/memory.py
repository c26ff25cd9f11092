"""The project's context store: where it is and why, that it can be written, and that it is sound."""

from __future__ import annotations

from orchestrator.cli import context_check
from orchestrator.cli.context import shown_path
from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, problem, warning
from orchestrator.memory.files import check_writable
from orchestrator.memory.location import place
from orchestrator.memory.store import ContextStore


def call(subject: Subject) -> Result:
    found = place(subject.project)
    check_writable(found.path)
    where = f"{shown_path(found.path, subject.project)} ({found.why})"
    if not found.path.is_dir():
        return judged([f"{where} can be written; nothing has been saved yet"], [])
    store = ContextStore(found.path)
    findings = context_check.problems(store, subject.project)
    if findings:
        told = problem if any(each.severity == "error" for each in findings) else warning
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        mend = "See orchestrate context check, then run orchestrate context repair."
        return judged([where], [told(f"{findings[0]}{more}", mend)])
    state = store.read_state()
    facts = [
        f"{where} can be written, every file is sound",
        f"{len(store.active_decisions())} of {len(store.decisions())} decisions in force",
        f"{len(state['tasks_pending'])} tasks pending, {len(state['runs'])} runs",
    ]
    return judged(facts, [])


CHECK = Check(id="memory", title="the context store", order=100, deadline_s=30, call=call)
