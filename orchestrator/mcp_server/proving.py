"""A revision proved: the request to the child process, and its answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestrator.mcp_server import work
from orchestrator.mcp_server.answer import Answer
from orchestrator.mcp_server.setup import Setup


async def prove(setup: Setup, *, path: str, base_schema: str | None) -> Answer:
    request = {
        "project": str(setup.project),
        "path": path,
        "base_schema": base_schema,
        "dsn": setup.dsn,
        "timeout_s": setup.timeout_s,
    }
    data = await work.done({"prove": request}, folder=setup.project)
    return Answer(text=_text(data), data=data)


def _text(data: Mapping[str, Any]) -> str:
    came_back = data["roundtrip"]
    steps = ", ".join(f"{name.replace('_', ' ')} {_word(found)}" for name, found in came_back.items())
    verdict = "proved clean" if data["clean"] else "NOT CLEAN"
    lines = [
        f"{data['path']} {verdict} on PostgreSQL {data['server_version']}: {steps}",
        f"schema before it: {data['base']}",
    ]
    lines += [f"error in {each['phase']}, line {each['line']}: {each['message']}" for each in data["errors"]]
    lines += [
        f"{each['severity']} {each['hazard']} ({each['evidence']}): {each['why']}; {each['instead']}"
        for each in data["findings"]
    ]
    lines += [
        f"lock in {each['phase']}: {each['mode']} on {each['table']}, blocks {each['blocks']}"
        for each in data["strongest_lock"]
    ]
    lines.append(f"review: {data['review']['verdict']}")
    lines += [
        f"{each['severity']} {each['hazard']} in line {each['line']} ({each['evidence']}): {each['why']}"
        for each in data["review"]["findings"]
    ]
    return "\n".join([*lines, *(f"not checked: {each}" for each in data["not_checked"])])


def _word(found: object) -> str:
    return {True: "yes", False: "NO"}.get(found, "not reached") if isinstance(found, bool) else "not reached"
