"""What `run` and `resume` share with --engine live: the limits said first, the session ended with us, the result
printed.
"""

from __future__ import annotations

import json
import shlex
import signal
import time
from pathlib import Path
from typing import Any

import click

from orchestrator.cli import engine
from orchestrator.cli.tell import tell
from orchestrator.memory import files
from orchestrator.model.errors import OrchestrateError
from orchestrator.runner import live_output, live_prompt, live_ready, live_session, memory_steps
from orchestrator.runner.durable import Done, Step
from orchestrator.runner.live import LiveRun
from orchestrator.runner.live_ask import terminal
from orchestrator.runner.spec import RunSpec


def drive(spec: RunSpec, *, dsn: str | None, resume: bool, as_json: bool) -> int:
    """Runs or resumes, prints the result on standard output and returns the exit code."""
    client = live_ready.check()
    with engine.alone(spec), engine.termination_as_interrupt():
        announce(spec)
        run = LiveRun(spec, client=client, dsn=dsn, say=tell, ask=terminal())
        try:
            done = _finish(run, resume=resume)
            document = live_output.assemble(spec, done)
            with files.in_plain_words(spec.folder, "write"):
                files.replace(spec.folder / "output.json", document)
        except KeyboardInterrupt:
            tell(f"note: interrupted; continue with: {engine.resume_command(spec)}")
            raise
    for notice in (*done["recall"]["notices"], *done["record"]["notices"]):
        tell(f"note: {notice}")
    _print(document, as_json=as_json)
    tell(f"note: paths are relative to {shlex.quote(spec.project)}")
    return 0 if live_output.is_approved(document) else 1


def announce(spec: RunSpec) -> None:
    """What it may cost at most and who answers questions, before the first call of a model."""
    tell(f"live: at most {spec.max_turns} turns of the main thread and ${spec.max_usd:g} (--max-turns, --max-usd)")
    where = "here" if terminal() else "by no, because standard input is not a terminal"
    tell(f"      what the agents are not allowed by themselves is answered {where}")


def _finish(run: LiveRun, *, resume: bool) -> Done:
    """The results of all steps. The session's process is gone afterwards."""
    names = [step.name for step in run.steps()]
    begun: dict[str, float] = {}

    def watch(step: Step, what: str) -> None:
        if what == "begin":
            begun[step.name] = time.perf_counter()
            tell(f"[{names.index(step.name) + 1}/{len(names)}] {step.title}")
        else:
            tell(f"      {time.perf_counter() - begun[step.name]:.1f} s")

    try:
        return run.run(resume=resume, watch=watch)
    except KeyboardInterrupt:
        # A second one must not cut the tidying short.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        run.stop()
        memory_steps.note_failure(run.spec, "interrupted")
        raise
    except OrchestrateError as error:
        raise engine.resumable(run.spec, error) from error


def plan(spec: RunSpec) -> dict[str, Any]:
    """What a live run would do (schemas/plan-live.schema.json). Nothing is started or written."""
    from orchestrator.plugin.definitions import load_agents

    run = LiveRun(spec, client=spec.folder, dsn=None, say=tell, ask=None)
    known = {agent.name: agent for agent in load_agents()}
    lead = known[spec.agent["name"]]
    agents = [lead, *(known[name] for name in lead.hands_off_to)]
    return {
        "schema": "plan-live",
        "task": spec.task,
        "engine": "live",
        "agent": dict(spec.agent),
        "route": dict(spec.route),
        "target": spec.target_shown,
        "steps": [{"name": step.name, "title": step.title} for step in run.steps()],
        "agents": [{"name": agent.name, "tools": list(agent.tools), "skills": list(agent.skills)} for agent in agents],
        "allowed": live_session.allowed(Path(spec.project)),
        "limits": {"max_turns": spec.max_turns, "max_usd": spec.max_usd},
        "budgets": {name: {"low": each.low, "high": each.high, "cap": each.cap} for name, each in lead.budgets.items()},
        "rules": live_prompt.system(lead.name, lead.hands_off_to),
        "prompt": live_prompt.task(spec),
        "ready": live_ready.is_ready(),
    }


def print_plan(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    agent, limits = document["agent"], document["limits"]
    click.echo(f"{agent['name']} {agent['version']} would work live, inside Claude Code ({document['target']}):")
    for position, step in enumerate(document["steps"], 1):
        click.echo(f"{position:3}. {step['title']}")
    for each in document["agents"]:
        skills = f"; skills {', '.join(each['skills'])}" if each["skills"] else ""
        click.echo(f"{each['name']}: {', '.join(each['tools'])}{skills}")
    budgets = ", ".join(f"{name.replace('_', ' ')} {each['cap']}" for name, each in document["budgets"].items())
    click.echo(f"limits: {limits['max_turns']} turns of the main thread, ${limits['max_usd']:g}; tool calls: {budgets}")
    click.echo(f"without a question: {', '.join(document['allowed'])}")
    if document["ready"]:
        click.echo("Next: the same command without --dry-run")
    else:
        click.echo("Not ready: the same command without --dry-run says what is missing")


def _print(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    from orchestrator.report import live, text

    live.render(document, console=text.stdout_console())
