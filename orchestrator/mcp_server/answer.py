"""What a tool is and what it answers: a line or more of text, and the same as data where it has a schema."""

from __future__ import annotations

import inspect
import json
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

from orchestrator.mcp_server.setup import Setup
from orchestrator.model.errors import OrchestrateError

# Tells the client how far a long tool is; a plain no-op outside of a call.
Progress = Callable[[str], Awaitable[None]]


async def _nobody(_text: str) -> None:
    return None


progress: ContextVar[Progress] = ContextVar("progress", default=_nobody)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`data` is the structured content; None for tools whose original answers text only."""

    text: str
    data: Mapping[str, Any] | None = None


def as_text(document: object) -> Answer:
    """The document as JSON text, the way the servers answer that we stand in for."""
    return Answer(text=json.dumps(document, ensure_ascii=False, indent=2, default=str))


@dataclass(frozen=True, kw_only=True)
class Tool:
    """`reads_only` and `repeatable` are the hints of the protocol. `schema` is that of the answer's data."""

    call: Callable[..., Answer] | Callable[..., Awaitable[Answer]]
    title: str
    reads_only: bool = True
    repeatable: bool = True
    reaches_out: bool = False
    schema: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        return self.call.__name__


def as_mcp(tool: Tool, setup: Setup) -> Any:
    """The tool as the mcp package wants it. Its function runs in a thread of its own unless it is a coroutine."""
    from mcp.server.mcpserver.tools import Tool as McpTool
    from mcp_types import ToolAnnotations

    async def run(**arguments: Any) -> Any:
        context = arguments.pop("_context")
        token = progress.set(_reporter(context))
        try:
            return _result(await _called(tool, arguments))
        except OrchestrateError as error:
            return failure(setup.redacted(_spoken(error)))
        except Exception as error:
            return failure(_bug(tool, setup, error))
        finally:
            progress.reset(token)

    run.__signature__ = inspect.signature(tool.call, eval_str=True)  # type: ignore[attr-defined]
    run.__wrapped__ = tool.call  # type: ignore[attr-defined]
    made = McpTool.from_function(
        run,
        name=tool.name,
        title=tool.title,
        description=inspect.getdoc(tool.call),
        context_kwarg="_context",
        structured_output=False,
        annotations=ToolAnnotations(
            read_only_hint=tool.reads_only,
            destructive_hint=False,
            idempotent_hint=tool.repeatable,
            open_world_hint=tool.reaches_out,
        ),
    )
    made.fn_metadata.output_schema = dict(tool.schema) if tool.schema else None
    return made


async def _called(tool: Tool, arguments: dict[str, Any]) -> Answer:
    import anyio.to_thread

    if inspect.iscoroutinefunction(tool.call):
        found: Answer = await tool.call(**arguments)
        return found
    return await anyio.to_thread.run_sync(partial(tool.call, **arguments), abandon_on_cancel=True)  # type: ignore[arg-type]


def _reporter(context: Any) -> Progress:
    count = 0

    async def report(text: str) -> None:
        nonlocal count
        count += 1
        await context.report_progress(float(count), None, text)

    return report


def _result(answer: Answer) -> Any:
    from mcp_types import CallToolResult, TextContent

    data = None if answer.data is None else dict(answer.data)
    return CallToolResult(content=[TextContent(type="text", text=answer.text)], structured_content=data)


def failure(text: str) -> Any:
    from mcp_types import CallToolResult, TextContent

    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)


def misfit(tool: str, faults: Sequence[Mapping[str, Any]]) -> str:
    """What to tell a caller whose arguments the tool does not take."""
    told = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:5]]
    return f"error: the arguments do not fit the tool {tool}\ndetail: {'; '.join(told)}"


def _spoken(error: OrchestrateError) -> str:
    parts = (("error", error.message), ("detail", error.detail), ("hint", error.hint))
    return "\n".join(f"{name}: {text}" for name, text in parts if text)


def _bug(tool: Tool, setup: Setup, error: Exception) -> str:
    """What the client reads of a fault of ours; what happened goes to standard error."""
    sys.stderr.write(setup.redacted("".join(traceback.format_exception(error))))
    sys.stderr.flush()
    return (
        f"error: this is a bug in pgwright: {tool.name} failed with {type(error).__name__}\n"
        "detail: Nothing was found out. The server's standard error has what happened.\n"
        "hint: Put that into an issue, after a look for what is yours."
    )
