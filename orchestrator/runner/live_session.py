"""The session of a live run: where it is kept, what it may use, and how it goes on after an interruption."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from orchestrator.memory import files
from orchestrator.memory.location import ENVIRONMENT as CONTEXT
from orchestrator.plugin import paths
from orchestrator.plugin.definitions import AgentDefinition, load_agents, load_skills
from orchestrator.runner import leash, live_prompt
from orchestrator.runner.claude import Session
from orchestrator.runner.live_prompt import PLUGIN
from orchestrator.runner.live_ready import INSIDE, KEYS
from orchestrator.runner.spec import RunSpec

DSN_NAMES = ("ORCHESTRATE_DSN", "DATABASE_URL")
# Where the tools look for a server, in this order; then the names of libpq.
SERVER_NAMES = ("ORCHESTRATE_DSN", "DATABASE_URI", "DATABASE_URL", "PGSERVICE", "PGHOST", "PGDATABASE")
MCP_TOOLS = f"mcp__plugin_{PLUGIN}_{PLUGIN}"
# Commands of ours that an agent runs without a question. The gate holds what is wrong in them all the same.
COMMANDS = ("recall", "remember", "route", "run", "resume", "runs", "prove", "tune", "inspect", "context")
# Anything that could begin the client with fewer hooks, or without them.
_SWITCHES = ("CLAUDE_CODE_SIMPLE", "CLAUDE_CODE_SAFE_MODE", "CLAUDE_CODE_PERSONAL_HOOKS_OFF")


@dataclass(frozen=True, kw_only=True)
class Home:
    """The run's own folder for the client, for its owner only: configuration, transcript, launcher.

    With a configuration folder of its own the client reads nothing of the user's and changes nothing there, and a
    resumed run finds its transcript whatever happened elsewhere.
    """

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config"

    def make(self) -> None:
        with files.in_plain_words(self.folder, "write"):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            self.config.mkdir(mode=0o700, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="ascii")

    def launcher(self, client: Path, lock: Path) -> Path:
        """A program that starts the client on a leash: see leash.py."""
        words = [sys.executable, "-I", "-S", str(Path(leash.__file__)), str(lock), str(client)]
        path = self.folder / "claude"
        with files.in_plain_words(path, "write"):
            path.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', encoding="utf-8")
            path.chmod(0o700)
        return path

    def has_begun(self, session_id: str) -> bool:
        """True if the session has a transcript that can be gone on with. One that holds no prompt is taken away."""
        for path in self.config.glob(f"projects/*/{session_id}.jsonl"):
            with suppress(OSError):
                if b'"type":"user"' in path.read_bytes():
                    return True
                path.unlink()
        return False


def home(spec: RunSpec) -> Home:
    return Home(folder=spec.folder / "client")


def build(spec: RunSpec, *, client: Path, dsn: str | None) -> Session:
    """The session as it is begun, or gone on with."""
    own = home(spec)
    own.make()
    known = {agent.name: agent for agent in load_agents()}
    lead = known[spec.agent["name"]]
    agents = [lead, *(known[name] for name in lead.hands_off_to)]
    resume = own.has_begun(spec.session_id)
    task = live_prompt.task(spec)
    return Session(
        session_id=spec.session_id,
        resume=resume,
        prompt=live_prompt.RESUMED if resume else task,
        rules=live_prompt.system(lead.name, lead.hands_off_to),
        task=task.removeprefix("<task>\n").removesuffix("\n</task>"),
        agents=[agent.name for agent in agents],
        tools=tools(agents),
        allowed=allowed(Path(spec.project)),
        skills=[f"{PLUGIN}:{skill.name}" for skill in load_skills()],
        schema=live_prompt.output_schema(schema_of(lead)),
        model=None if lead.model in ("", "inherit") else lead.model,
        max_turns=spec.max_turns,
        max_usd=spec.max_usd,
        project=Path(spec.project),
        plugin=paths.root(),
        client=own.launcher(client, spec.folder / "lock"),
        environment=environment(spec, dsn),
    )


def schema_of(agent: AgentDefinition) -> str:
    return Path(agent.output_schema).name.removesuffix(".schema.json")


def tools(agents: Iterable[AgentDefinition]) -> list[str]:
    """The built-in tools of the session: what its agents list, and the call of an agent."""
    named = [tool.partition("(")[0] for agent in agents for tool in agent.tools if not tool.startswith("mcp__")]
    return list(dict.fromkeys(["Agent", *named]))


def allowed(project: Path) -> list[str]:
    """What needs no person's word: our own tools and commands, and files of the project.

    The gate judges these calls too, and each agent writes in the paths of its definition only. Everything else that
    the client does not count as reading, such as another command, is put to the person.
    """
    rules = [MCP_TOOLS, *(f"Bash(orchestrate {name}:*)" for name in COMMANDS)]
    place = str(project.resolve())
    # A rule cannot spell a path with brackets in it: there each write is a question.
    return rules if set(place) & set("()") else [*rules, f"Edit(/{place}/**)"]


def environment(spec: RunSpec, dsn: str | None) -> dict[str, str]:
    """What is added to the environment of the client, its hooks and its tools."""
    added = {
        "CLAUDE_CONFIG_DIR": str(home(spec).config),
        "CLAUDE_CODE_DISABLE_BACKGROUND_TASKS": "1",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
        **dict.fromkeys(_SWITCHES, ""),
        CONTEXT: spec.context,
        INSIDE: spec.run_id,
        # At the end, so that nothing of the user's is replaced by what lies beside our Python.
        "PATH": os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)]),
    }
    return added | (dict.fromkeys(DSN_NAMES, dsn) if dsn is not None else {})


def secrets(environment: Mapping[str, str], dsn: str | None) -> list[str]:
    """Values that must not stand in the record."""
    names = (*KEYS, "PGPASSWORD", "ANTHROPIC_CUSTOM_HEADERS", *SERVER_NAMES[:3])
    found = [value for value in (*(environment.get(name) for name in names), dsn) if value]
    return found + [password for each in found if (password := _password(each))]


def _password(dsn: str) -> str:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        return str(conninfo_to_dict(dsn).get("password") or "")
    except psycopg.Error:
        return ""
