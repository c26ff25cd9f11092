"""One session of Claude Code through its SDK. The only module that imports the SDK."""

from __future__ import annotations

import asyncio
import threading
import warnings
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.runner.live_prompt import qualified

if TYPE_CHECKING:
    from claude_agent_sdk import ClaudeAgentOptions

CONDUCTOR = "conductor"
STOPPING_S = 15.0
# The user's and the project's settings are not read at all; what is given here stands above those that are.
SETTINGS = '{"disableAllHooks": false}'
LONGEST_MESSAGE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Request:
    """A call that needs a person's word. `agent_id` is "" in the main thread."""

    tool: str
    input: Mapping[str, Any]
    reason: str
    agent_id: str
    call_id: str


class Answer(Protocol):
    def __call__(self, request: Request) -> str:
        """The reason why not, "" for yes. Called in a thread of its own: it may wait for a person."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """What a session is begun with.

    `agents` may be called by the main thread, the first of them only with `task` in its prompt. `tools` is all that
    exists in the session, `allowed` are the rules of what needs no person's word.
    """

    session_id: str
    resume: bool
    prompt: str
    rules: str
    task: str
    agents: Sequence[str]
    tools: Sequence[str]
    allowed: Sequence[str]
    skills: Sequence[str]
    schema: Mapping[str, Any]
    model: str | None
    max_turns: int
    max_usd: float
    project: Path
    plugin: Path
    client: Path
    environment: Mapping[str, str]


class Conversation:
    """Runs a session in the calling thread; `stop` ends it from another one."""

    def __init__(self, session: Session, *, hear: Callable[[str, Mapping[str, Any]], None], answer: Answer) -> None:
        self._session = session
        self._hear = hear
        self._answer = answer
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[dict[str, Any] | None] | None = None
        self._over = threading.Event()

    def run(self) -> dict[str, Any] | None:
        """The result message; None where the session ended without one. Raises what `hear` raises."""
        try:
            return asyncio.run(self._conversation())
        finally:
            self._over.set()

    def stop(self) -> None:
        """Ends the session and waits until its process is gone."""
        if self._loop is None or self._task is None or self._over.is_set():
            return
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._over.wait(STOPPING_S)

    async def _conversation(self) -> dict[str, Any] | None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        return await self._listen()

    async def _listen(self) -> dict[str, Any] | None:
        from claude_agent_sdk import ClaudeSDKError, ResultError

        result = None
        said: list[str] = []
        try:
            async with aclosing(self._messages(said)) as messages:
                async for kind, event in messages:
                    self._hear(kind, event)
                    result = event if kind == "ResultMessage" else result
        except ResultError:
            pass  # its message came before, with all that it says
        except ClaudeSDKError as error:
            if result is None:
                raise _broken(error, said) from error
        return result

    async def _messages(self, said: list[str]) -> AsyncGenerator[tuple[str, dict[str, Any]], None]:
        """The messages by the name of their class. `said` collects what the client prints as errors."""
        from claude_agent_sdk import query

        with warnings.catch_warnings():
            # The SDK warns that allowed tools are not put to a person; that is what they are allowed for.
            warnings.simplefilter("ignore")
            stream = query(prompt=self._session.prompt, options=self._options(said))
            async with aclosing(stream) as messages:
                async for message in messages:
                    yield type(message).__name__, asdict(message)

    def _options(self, said: list[str]) -> ClaudeAgentOptions:
        from claude_agent_sdk import AgentDefinition, ClaudeAgentOptions, HookMatcher

        session = self._session
        named = ", ".join(qualified(agent) for agent in session.agents)
        conductor = AgentDefinition(
            description="Hands work to agents", prompt=session.rules, tools=[f"Agent({named})", "StructuredOutput"]
        )
        return ClaudeAgentOptions(
            agents={CONDUCTOR: conductor},
            extra_args={"agent": CONDUCTOR},
            plugins=[{"type": "local", "path": str(session.plugin)}],
            setting_sources=[],
            settings=SETTINGS,
            tools=list(session.tools),
            allowed_tools=list(session.allowed),
            skills=list(session.skills),
            can_use_tool=self._may_use,
            hooks={"PreToolUse": [HookMatcher(matcher="Agent", hooks=[self._may_call])]},
            include_hook_events=True,
            output_format={"type": "json_schema", "schema": dict(session.schema)},
            model=session.model,
            max_turns=session.max_turns,
            max_budget_usd=session.max_usd,
            cwd=session.project,
            env=dict(session.environment),
            cli_path=session.client,
            stderr=said.append,
            verbatim_prompts=True,
            max_buffer_size=LONGEST_MESSAGE_BYTES,
            resume=session.session_id if session.resume else None,
            session_id=None if session.resume else session.session_id,
        )

    async def _may_use(self, tool: str, given: dict[str, Any], context: Any) -> Any:
        from claude_agent_sdk import PermissionResultAllow, PermissionResultDeny

        request = Request(
            tool=tool,
            input=given,
            reason=str(context.decision_reason or context.title or "no rule allows it"),
            agent_id=context.agent_id or "",
            call_id=context.tool_use_id or "",
        )
        refusal = await self._answered(request)
        return PermissionResultDeny(message=refusal) if refusal else PermissionResultAllow()

    async def _answered(self, request: Request) -> str:
        """Waits for the answer in a thread that may be left behind: a person may be slower than an interrupt."""
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[str] = loop.create_future()

        def settle(refusal: str) -> None:
            if not answered.done():
                answered.set_result(refusal)

        def ask() -> None:
            refusal = self._answer(request)
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, refusal)

        threading.Thread(target=ask, daemon=True).start()
        return await answered

    async def _may_call(self, event: Any, _call_id: str | None, _context: Any) -> Any:
        """Holds a call of the first agent whose prompt lacks the task: it was decided before, and not by the model."""
        given = event["tool_input"]
        first = qualified(self._session.agents[0])
        if event.get("agent_id") or given.get("subagent_type") != first:
            return {}
        if _words(self._session.task) in _words(str(given.get("prompt", ""))):
            return {}
        return {
            "hookSpecificOutput": {
                "hookEventName": "PreToolUse",
                "permissionDecision": "deny",
                "permissionDecisionReason": f"the prompt for {first} must hold the task word for word:\n"
                + self._session.task,
            }
        }


def _words(text: str) -> str:
    return " ".join(text.split())


def _broken(error: Exception, said: Sequence[str]) -> CouldNotFindOut:
    """The client did not start, or ended without a result."""
    from orchestrator.gate.redact import redacted

    last = next((line for line in reversed(said) if line.strip()), "")
    message = str(error).splitlines()[0]
    return CouldNotFindOut(
        f"the client failed: {redacted(message)[:200]}",
        detail=redacted(last)[:400],
        hint="See events.jsonl of the run.",
    )
