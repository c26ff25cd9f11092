"""Long work, one at a time, in a process of its own that ends with this one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orchestrator
from orchestrator.mcp_server.answer import progress
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError, UsageError

if TYPE_CHECKING:
    import anyio

INTERRUPTED = 130
PATIENCE_S = 15
LAST_LINES = 5
KINDS: dict[int, type[OrchestrateError]] = {UsageError.exit_code: UsageError}
_turns: list[anyio.Lock] = []


async def done(request: Mapping[str, Any], *, folder: Path) -> dict[str, Any]:
    """The document that the child answers with. Raises its error.

    Measurements would disturb each other, so one waits for the other.
    """
    import anyio

    if not _turns:
        _turns.append(anyio.Lock())
    if _turns[0].locked():
        await progress.get()("waiting until the other measurement or proof is done")
    async with _turns[0]:
        return await _child(request, folder)


async def _child(request: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    import anyio

    command = [sys.executable, "-P", "-m", "orchestrator.mcp_server.child"]
    process = await anyio.open_process(command, cwd=folder, env=_environment(), start_new_session=True)
    printed: list[bytes] = []
    said: list[str] = []
    try:
        if process.stdin is None or process.stdout is None:
            raise BrokenPipeError
        await process.stdin.send(json.dumps(request).encode() + b"\n")
        async with anyio.create_task_group() as group:
            group.start_soon(_tell, process, said)
            async for block in process.stdout:
                printed.append(block)
        await process.wait()
    finally:
        with anyio.CancelScope(shield=True):
            await _end(process)
    return _document(b"".join(printed), said, process.returncode)


def _environment() -> dict[str, str]:
    package = str(Path(orchestrator.__file__).parent.parent)
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"}


async def _tell(process: Any, said: list[str]) -> None:
    """Passes on what the child says, line by line."""
    from anyio.streams.text import TextReceiveStream

    rest = ""
    async for block in TextReceiveStream(process.stderr, errors="replace"):
        *lines, rest = (rest + block).split("\n")
        for line in filter(_is_news, lines):
            said.append(line)
            await progress.get()(line.strip())
    said += [rest] if rest.strip() else []


async def _end(process: Any) -> None:
    """Closing its input tells the child that nobody waits; it stops its server then."""
    import anyio

    if process.returncode is not None:
        return
    await process.stdin.aclose()
    with anyio.move_on_after(PATIENCE_S):
        await process.wait()
    if process.returncode is None:
        process.kill()
        await process.wait()


def _document(printed: bytes, said: list[str], status: int | None) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(printed)
    except ValueError:
        if status == INTERRUPTED:
            raise CouldNotFindOut("the work was interrupted") from None
        raise OrchestrateError(
            f"the work broke off with exit code {status}", detail="\n".join(said[-LAST_LINES:])
        ) from None
    if found.get("schema") == "error":
        error = found["error"]
        kind = KINDS.get(error["exit_code"], CouldNotFindOut)
        raise kind(error["message"], detail=error["detail"], hint=error["hint"])
    return found


def _is_news(line: str) -> bool:
    """False for empty lines and for the error, which the answer has as well."""
    return bool(line.strip()) and not line.startswith(("error: ", "detail: ", "hint: "))
