"""The live engine: agents of the plugin do the work inside Claude Code, under the plugin's hooks."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.memory import state as states
from orchestrator.memory.store import ContextStore
from orchestrator.model.errors import CouldNotFindOut, NeedsApproval, OrchestrateError
from orchestrator.plugin import paths
from orchestrator.plugin.definitions import load_agent
from orchestrator.plugin.validation import validate
from orchestrator.runner import (
    durable,
    live_ask,
    live_failure,
    live_left,
    live_session,
    live_watch,
    memory_steps,
    offline,
)
from orchestrator.runner.claude import Conversation
from orchestrator.runner.durable import Done, Step
from orchestrator.runner.live_record import Journal
from orchestrator.runner.spec import RunSpec

TITLES = {
    "recall": "recall decisions that bear on the task",
    "session": "let the agents work, under the hooks of the plugin",
    "check": "check what they have left",
    "record": "record task and state",
}
UNWATCHED = (
    "the hooks left no record of the agent: its answer was held against its schema, and no number in it against a tool"
)
DIFFERS = "the main thread's answer differs from the one that the agent left; the agent's is shown"


class LiveRun:
    """One run in this process. `ask` puts a question to a person, None where nobody is there."""

    def __init__(
        self,
        spec: RunSpec,
        *,
        client: Path,
        dsn: str | None,
        say: Callable[[str], None],
        ask: Callable[[str], str] | None,
    ) -> None:
        self.spec = spec
        self.client = client
        self.dsn = dsn
        self.say = say
        self.context = Path(spec.context)
        secrets = live_session.secrets(os.environ, dsn)
        self.journal = Journal(spec.folder / "events.jsonl", secrets=secrets)
        self.permissions = live_ask.Permissions(self.journal, say, ask=ask)
        self._conversation: Conversation | None = None

    def steps(self) -> list[Step]:
        calls = (self.recall, self.session, self.check, self.record)
        return [Step(name=call.__name__, title=TITLES[call.__name__], call=call) for call in calls]

    def run(self, *, resume: bool, watch: offline.Watch) -> Done:
        """The results of all steps by name, with the seconds of each under "seconds"."""
        journal = offline.Journal(self.spec.folder / "events.jsonl", watch)
        file = durable.engine_file(self.spec.folder)
        done = durable.execute(self.spec.run_id, self.steps(), file=file, resume=resume, watch=journal)
        return {**done, "seconds": journal.seconds()}

    def stop(self) -> None:
        """Ends the session's process, so that nobody works on unwatched."""
        if self._conversation is not None:
            self._conversation.stop()

    def recall(self, _done: Done) -> dict[str, Any]:
        found = memory_steps.remembered(self.spec)
        agent = self.spec.agent
        engine = {"engine": "live", "agent_version": agent["version"], "agent_sha256": agent["sha256"]}
        self._update(lambda state: states.put_run(state, {"run_id": self.spec.run_id, **engine}))
        return found

    def session(self, _done: Done) -> dict[str, Any]:
        """Runs the session, or goes on with it. Raises where it holds no valid answer of the agent."""
        session = live_session.build(self.spec, client=self.client, dsn=self.dsn)
        self.journal.write("Begin", {"session_id": session.session_id, "resume": session.resume})
        self.say(f"session {session.session_id}" + (", gone on with" if session.resume else ""))
        watch = live_watch.Watch(self.journal, self.say, plugin=session.plugin, agents=session.agents)
        self._conversation = Conversation(session, hear=watch.hear, answer=self.permissions)
        result = self._conversation.run()
        self._judge(result)
        found = dict(result or {})
        kept = ("structured_output", "total_cost_usd", "num_turns", "usage", "model_usage", "duration_ms")
        return {
            **self.journal.clean({key: found[key] for key in kept}),
            "structured_output": found["structured_output"],
            "resumed": session.resume,
            "model": watch.init.get("model"),
            "client_version": watch.init.get("claude_code_version"),
            "mcp_servers": {str(each.get("name")): each.get("status") for each in watch.init.get("mcp_servers") or ()},
            "refusals": [{"call_id": call_id, **refusal} for call_id, refusal in watch.refusals.items()],
            "asked": self.permissions.asked,
        }

    def _judge(self, result: Mapping[str, Any] | None) -> None:
        """Raises the error that the session amounts to, NeedsApproval where a person's word would have helped."""
        left = live_left.of_session(self.context, self.spec.session_id)
        lead = live_left.last_of(left, self.spec.agent["name"])
        error = live_failure.failure(result, self.spec, left=_said_of(lead)) or self._blocked(lead)
        if error is None:
            return
        unanswered = self.permissions.open_questions()
        if unanswered and not (result and result["terminal_reason"] == "api_error"):
            raise NeedsApproval(
                f"a person has to allow {' '.join(unanswered[0].split())[:150]}",
                detail=f"{error.message[:1].upper()}{error.message[1:]}.",
                hint="Run it at a terminal, where the question can be answered.",
            )
        raise error

    def _blocked(self, lead: live_left.Left | None) -> OrchestrateError | None:
        name = self.spec.agent["name"]
        if name not in live_watch.spawned(self.journal):
            return CouldNotFindOut(
                f"the main thread answered without {name}", detail="An answer that no agent worked for is not taken."
            )
        if lead is None or (lead.is_valid and lead.head["status"] == "done"):
            return None
        problems = "; ".join(lead.problems) or str(lead.head["status"])
        what = "is blocked" if lead.is_valid else "left no answer that holds"
        return CouldNotFindOut(f"{name} {what}: {problems[:200]}", detail=_said_of(lead))

    def check(self, done: Done) -> dict[str, Any]:
        """The agent's answer: what the hooks have checked, else the session's own, held against the schema here."""
        left = live_left.of_session(self.context, self.spec.session_id)
        lead = live_left.last_of(left, self.spec.agent["name"])
        structured = done["session"]["structured_output"]
        review = live_left.review(left)
        if lead is not None and lead.is_valid:
            notes = [] if structured == lead.output else [DIFFERS]
            output, source = lead.output, lead.run_id
        else:
            self._refuse_invalid(structured)
            notes, output, source = [UNWATCHED], structured, "session"
        return {
            "output": output,
            "source": source,
            "notes": notes,
            "review": review,
            "agents": [dict(each.head) for each in left],
            "handoffs": live_left.handoffs(self.context, left),
            "decisions": [
                {"id": each.id, "action": each.status, "path": str(self._decisions_folder / each.file)}
                for each in live_left.decisions(self.spec, left)
            ],
        }

    @property
    def _decisions_folder(self) -> Path:
        return ContextStore(self.context).decisions_path

    def _refuse_invalid(self, structured: object) -> None:
        schema = live_session.schema_of(load_agent(self.spec.agent["name"]))
        if problems := validate(structured, schema):
            raise CouldNotFindOut(
                f"the answer of {self.spec.agent['name']} does not hold: {problems[0].message}",
                detail=f"It was held against {paths.root() / 'schemas' / schema}.schema.json.",
            )

    def record(self, _done: Done) -> dict[str, Any]:
        """Notes the finished task, once however often this runs."""
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        spec = self.spec

        def finish(state: states.State) -> None:
            states.add_completed(state, task=spec.task, agent=spec.agent["name"], run_id=spec.run_id, at=at)
            states.put_run(state, {"run_id": spec.run_id, "status": "done", "finished_at": at, "path": _place(spec)})
            state["active_agent"] = None

        return {"notices": self._update(finish)}

    def _update(self, change: states.Change) -> list[str]:
        store = ContextStore(self.context)
        store.update_state(change)
        return store.notices


def _said_of(lead: live_left.Left | None) -> str:
    """Where an answer lies that the session did not bring back."""
    if lead is None or not lead.is_valid:
        return ""
    return f"The agent's own answer, checked by the hooks, is in runs/{lead.run_id}/output.json of the context."


def _place(spec: RunSpec) -> str:
    inside = spec.folder.is_relative_to(spec.project)
    return str(spec.folder.relative_to(spec.project) if inside else spec.folder)


def with_limits(spec: RunSpec, *, max_turns: int | None, max_usd: float | None) -> RunSpec:
    """The spec with new limits for what is left of the run."""
    return replace(
        spec,
        max_turns=spec.max_turns if max_turns is None else max_turns,
        max_usd=spec.max_usd if max_usd is None else max_usd,
    )
