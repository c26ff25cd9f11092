"""Small sound files, from which the checks build their examples."""

from __future__ import annotations

import json

from orchestrator.plugin.definitions import digest

MANIFEST = {".claude-plugin/plugin.json": '{"name": "demo"}'}


def plain(header: str = "", body: str = "Write the report.\n", name: str = "example", description: str = "") -> str:
    """An agent as the client reads it; `header` has whole lines."""
    said = description or f"Writes the report of a month as {name}."
    return f"---\nname: {name}\ndescription: {said}\n{header}---\n{body}"


def contract(ours: str = "", body: str = "Write the report.\n", header: str = "", name: str = "example") -> str:
    """An agent with a contract; `ours` has whole lines, indented by two, that are added to it."""
    return plain(f"{header}x-orchestrate:\n  version: 1.0.0\n  schema: 1\n{ours}", body, name)


def skill(header: str = "", body: str = "Align numbers.\n", name: str = "example") -> str:
    return plain(header, body, name, f"Lays out a table as {name}.")


def locked(*held: tuple[str, str], name: str = "example") -> str:
    """A versions.json with these versions and the hashes of these texts."""
    listed = [{"version": version, "sha256": digest(text.encode())} for version, text in held]
    return json.dumps({"schema": "versions", "definitions": {name: listed} if held else {}})


def wired(hook: object, event: str = "PreToolUse", matcher: str = "Bash", **manifest: object) -> dict[str, str]:
    """A plugin that runs `hook` at `event`; `manifest` has further keys of its manifest."""
    groups = [{"matcher": matcher, "hooks": [hook]}]
    return manifested(**manifest) | {"hooks/hooks.json": json.dumps({"hooks": {event: groups}}, indent=2)}


def program(command: str = "true", *args: str, **more: object) -> dict[str, object]:
    """A hook that runs a program and holds the call when it fails."""
    return {"type": "command", "command": command, "args": list(args), "onFailure": "block"} | more


def manifested(**more: object) -> dict[str, str]:
    """A manifest with further keys, or with other values of the usual ones."""
    usual = {"name": "demo", "version": "1.0.0", "description": "A demo", "author": {"name": "The author"}}
    return {".claude-plugin/plugin.json": json.dumps(usual | more, indent=2)}


def market(*plugins: object, **more: object) -> dict[str, str]:
    """A marketplace that lists `plugins`, beside a plugin of its own."""
    listed = {"name": "demos", "owner": {"name": "The owner"}, "plugins": list(plugins)} | more
    return manifested() | {".claude-plugin/marketplace.json": json.dumps(listed, indent=2)}


def serving(**servers: object) -> dict[str, str]:
    """A plugin with these MCP servers."""
    return manifested() | {".mcp.json": json.dumps({"mcpServers": servers}, indent=2)}


def case(*graders: object, **more: object) -> dict[str, str]:
    """A plugin with one eval case; JSON is YAML too."""
    held = {"schema_version": "1.0", "name": "one", "execution": {"prompt": "Look."}, "graders": list(graders)} | more
    return manifested() | {"evals/one/case.yaml": json.dumps(held, indent=2)}
