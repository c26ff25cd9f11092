"""A made-up installation of the plugin, for the tests of `orchestrate doctor`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from orchestrator.plugin.validation import validate
from tests.cli.conftest import orchestrate

ROOT = Path(__file__).parents[2]
SERVERS = ("ORCHESTRATE_DSN", "DATABASE_URI", "DATABASE_URL", "PGHOST", "PGDATABASE")  # an empty PGSERVICE is an error
KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN")
SECRET = "hunter22"
# Answers as an MCP server does; what it says of itself is the first word of the command line.
MCP_SERVER = """
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if message["method"] == "initialize":
        result = {"serverInfo": {"name": "made-up", "version": "1"}, "instructions": sys.argv[1]}
    elif message["method"] == "tools/list":
        result = {"tools": [{"name": "a"}, {"name": "b"}]}
    else:
        continue
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
"""


class Installation:
    """A plugin as `claude plugin install` leaves it from a folder, with a project and a home, all to be broken."""

    def __init__(self, folder):
        self.home, self.config, self.project, self.plugin, self.bin = (
            folder / name for name in ("home", "config", "project", "plugin", "bin")
        )
        for each in (self.home, self.config / "plugins", self.project, self.bin):
            each.mkdir(parents=True)
        for name in (".claude-plugin", "agents", "hooks", "schemas", "skills"):
            shutil.copytree(ROOT / name, self.plugin / name)
        ignored = shutil.ignore_patterns("__pycache__", "demo", "cli", "mcp_server", "report")
        shutil.copytree(ROOT / "orchestrator", self.plugin / "orchestrator", ignore=ignored)
        self.serve([sys.executable, "-c", MCP_SERVER, ""])
        self.write(
            "plugins/installed_plugins.json", {"version": 2, "plugins": {"pgwright@market": [{"scope": "user"}]}}
        )
        market = {"source": {"source": "directory"}, "installLocation": str(self.plugin)}
        self.write("plugins/known_marketplaces.json", {"market": market})
        self.write("settings.json", {"enabledPlugins": {"pgwright@market": True}})
        self.write(".claude.json", {"projects": {str(self.project): {"hasTrustDialogAccepted": True}}})

    def write(self, name, document, *, within=None):
        path = (within or self.config) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document))

    def serve(self, words):
        entry = {"command": words[0], "args": words[1:]}
        self.write(".mcp.json", {"mcpServers": {"pgwright": entry}}, within=self.plugin)

    def wire_launcher(self):
        """The MCP server as the plugin really starts it."""
        shutil.copy(ROOT / ".mcp.json", self.plugin)
        shutil.copytree(ROOT / "bin", self.plugin / "bin")
        (self.plugin / "orchestrator/mcp_server").mkdir()
        shutil.copy(ROOT / "orchestrator/mcp_server/absent.py", self.plugin / "orchestrator/mcp_server")

    @property
    def env(self):
        unset = dict.fromkeys((*SERVERS, *KEYS, "ORCHESTRATE_CONTEXT", "CLAUDE_PLUGIN_DATA"), "")
        path = f"{self.bin}:/usr/local/bin:/usr/bin:/bin"
        return unset | {"HOME": str(self.home), "CLAUDE_CONFIG_DIR": str(self.config), "PATH": path}

    def doctor(self, *only, env=None, words=()):
        chosen = [word for name in only for word in ("--only", name)]
        words = ("doctor", "--project", str(self.project), *chosen, *words)
        return orchestrate(*words, env=self.env | (env or {}))

    def found(self, check, *words, env=None):
        """The exit status, and what the check says."""
        done = self.doctor(check, env=env, words=("--json", *words))
        assert validate(done.document, "doctor") == []
        (row,) = done.document["checks"]
        return done.code, row
