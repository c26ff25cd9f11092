"""The agents, skills and phrases that come with this program, held against their schemas and each other."""

from __future__ import annotations

from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, problem, warning


def call(subject: Subject) -> Result:  # noqa: ARG001
    from orchestrator.plugin import paths
    from orchestrator.plugin.check import check
    from orchestrator.router.lint import lint

    root = paths.root()
    report = check(root)
    checked, findings = lint(root)
    findings = [each for each in report.problems + findings if each.severity != "note"]
    facts = [f"{len(report.checked) + len(checked)} files of {root}"]
    if not findings:
        return judged([*facts, "every one is sound"], [])
    told = problem if any(each.severity == "error" for each in findings) else warning
    more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
    mend = f"{findings[0].fix} All of them: orchestrate agents check"
    return judged(facts, [told(f"{findings[0]}{more}", mend)])


CHECK = Check(id="files", title="agent and skill files", order=120, deadline_s=60, call=call)
