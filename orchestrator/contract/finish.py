"""What the end of a subagent leaves: its answer, the decision in it, the session state, the hand-offs.

Every step may run twice, after a kill in between: all of them go by the run's id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from orchestrator.contract import handoff, ledger, recorded, redaction
from orchestrator.contract.definition import Contract
from orchestrator.contract.ledger import Run
from orchestrator.memory import files
from orchestrator.memory import state as states
from orchestrator.memory.active import first_sentence
from orchestrator.memory.decision import Draft, Evidence
from orchestrator.memory.store import ContextStore
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError

Status = Literal["done", "blocked", "invalid", "stopped", "broken-off"]
LONGEST_PROBLEM = 300
MOST_PROBLEMS = 10
_COLOUR = re.compile(r"[\x1b\x9b]\[?[0-9;]*[A-Za-z]")
UNKNOWN_TASK = "a task that the client did not name"


@dataclass(frozen=True, kw_only=True)
class End:
    """`answer` is None where there was none that holds; `problems` say why it is not done."""

    status: Status
    answer: Mapping[str, Any] | None
    problems: Sequence[str]


def ended(answer: Mapping[str, Any]) -> End:
    """The end with a valid answer: done, unless it says itself what blocks it."""
    blockers = plain_lines(answer.get("blockers", ()))
    return End(status="blocked" if blockers else "done", answer=answer, problems=blockers)


def plain_lines(texts: Sequence[str]) -> list[str]:
    """Texts of an agent as others may read them: one line each, of characters that can be seen, and not too many."""
    said = [text for text in texts if text.strip()]
    shown = said if len(said) <= MOST_PROBLEMS else said[: MOST_PROBLEMS - 1]
    more = len(said) - len(shown)
    return [line for line in map(plain_line, shown) if line] + ([f"and {more} more"] if more else [])


def plain_line(text: str) -> str:
    """The text in one line, without colours, control characters and marks that change the direction of reading."""
    begun = text[: LONGEST_PROBLEM * 10]
    seen = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in _COLOUR.sub("", begun))
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_PROBLEM else line[: LONGEST_PROBLEM - 1] + "…"


def give_up(store: ContextStore, run: Run, text: str, error: Exception, *, project: Path) -> None:
    """The end of a run whose answer could not be checked or written down: its text is kept, and the run is invalid.

    A store that cannot be written either leaves the run as running, and the end of the turn closes it.
    """
    with suppress(Exception):
        run.keep_text(text)
    head = run.running()
    if not head:
        return
    why = f"its answer could not be checked and written down: {_said(error)}"
    contract = Contract(
        name=str(head["agent"]),
        version=str(head["agent_version"]),
        sha256=str(head["agent_sha256"]),
        output_schema="",
        hands_off_to=(),
        kinds=(),
    )
    with suppress(Exception):
        close(store, run, contract, End(status="invalid", answer=None, problems=[why]), project=project)


def _said(error: Exception) -> str:
    return error.message if isinstance(error, OrchestrateError) else repr(error)


def close(store: ContextStore, run: Run, contract: Contract, end: End, *, project: Path) -> None:
    """Writes everything down. agent.json is last: until then the run counts as running.

    A run whose record is not in the store ends all the same where the store cannot be written: nobody would find it.
    """
    head = run.head()
    end = _without_secrets(end)
    if end.answer is not None:
        files.replace(run.folder / "output.json", dict(end.answer))
    try:
        decided = _decided(store, run, contract, end, head)
        _save_state(store, run, contract, end, head=head, decided=decided, project=project)
    except CouldNotFindOut as error:
        if not run.is_elsewhere:
            raise
        end = replace(end, problems=[*end.problems, f"the session state cannot be saved: {error.message}"])
    calls, held = run.counts()
    run.save(
        head
        | {"status": end.status, "finished_at": ledger.now(), "calls": calls, "held": held}
        | {"problems": list(end.problems)}
    )


def _without_secrets(end: End) -> End:
    """The end as it may be written down: passwords taken out, problems in lines."""
    problems = plain_lines([redaction.without(each) for each in end.problems])
    return replace(end, answer=None if end.answer is None else redaction.without_all(end.answer), problems=problems)


def task_of(head: Mapping[str, Any]) -> str:
    return first_sentence(str(head["task"]), 200) or UNKNOWN_TASK


def _save_state(
    store: ContextStore,
    run: Run,
    contract: Contract,
    end: End,
    *,
    head: Mapping[str, Any],
    decided: tuple[str, str] | None,
    project: Path,
) -> None:
    at, agent = ledger.now(), contract.name
    handed = list(handoff.payloads(end.answer, contract, run, project)) if end.answer else []

    def finish(state: states.State) -> None:
        states.put_run(state, noted(head, run, project) | {"status": end.status, "finished_at": at})
        if end.status == "done":
            states.add_completed(state, task=task_of(head), agent=agent, run_id=run.run_id, at=at)
        else:
            blockers = list(end.problems) or [end.status]
            states.add_pending(state, task=task_of(head), agent=agent, blockers=blockers, run_id=run.run_id, at=at)
        if decided:
            states.add_agent_decision(
                state, agent, decision_id=decided[0], summary=decided[1], run_id=run.run_id, at=at
            )
        for identifier, verdict in handoff.answered(state, head, end.answer, run, project) if end.answer else ():
            states.settle_handoff(state, identifier, verdict=verdict, review_run_id=run.run_id)
        for receiver, payload in handed:
            states.add_handoff(state, sender=agent, receiver=receiver, payload=payload, run_id=run.run_id, at=at)
        if state["active_agent"] == agent:
            state["active_agent"] = None

    store.update_state(finish)


def noted(head: Mapping[str, Any], run: Run, project: Path) -> dict[str, Any]:
    """The run as the session state lists it."""
    inside = run.folder.is_relative_to(project)
    return {
        "run_id": run.run_id,
        "task": task_of(head),
        "agent": head["agent"],
        "agent_version": head["agent_version"],
        "agent_sha256": head["agent_sha256"],
        "engine": "client",
        "status": head["status"],
        "started_at": head["started_at"],
        "path": str(run.folder.relative_to(project) if inside else run.folder),
    }


def _decided(
    store: ContextStore, run: Run, contract: Contract, end: End, head: Mapping[str, Any]
) -> tuple[str, str] | None:
    """Number and title of the decision that the answer holds, written here where the agent has not done it."""
    if not end.answer or recorded.by_agent(run.round()):
        return None
    definitions = [
        entry["definition"] for key in ("indexes_added", "constraints_added") for entry in end.answer.get(key, ())
    ]
    changes = [*definitions, *(f"migration {name}" for name in end.answer.get("migrations_created", ()))]
    if not changes:
        return None
    reasons = [entry["reason"] for entry in end.answer.get("indexes_added", ())]
    reasons += [entry["fix"] for entry in end.answer.get("performance_findings", ())]
    draft = Draft(
        title=first_sentence(task_of(head)),
        decision="; ".join(changes),
        agent=contract.name,
        agent_version=contract.version,
        agent_sha256=contract.sha256,
        run_id=run.run_id,
        category="schema",
        context=str(head["task"])[:1000],
        rationale="; ".join(reasons),
        tables=tuple(dict.fromkeys(entry["table"] for entry in _tabled(end.answer))),
        files=tuple(end.answer.get("migrations_created", ())),
        evidence=tuple(
            Evidence(kind=each["kind"], ref=f"runs/{run.run_id}/output.json#{each['id']}", statement=each["claim"])
            for each in end.answer.get("evidence", ())
        ),
        source="hook",
    )
    return store.record(draft).id, draft.title


def _tabled(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry for key in ("indexes_added", "constraints_added") for entry in answer.get(key, ())]
