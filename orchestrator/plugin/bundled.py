"""Names that the client itself brings, as client 2.1.331 lists them when a session starts."""

from __future__ import annotations

AGENTS = frozenset({"Explore", "Plan", "claude", "general-purpose", "statusline-setup"})
# Skills that an agent can preload and a text can call.
SKILLS = frozenset(
    {"batch", "claude-api", "code-review", "dataviz", "debug", "deep-research", "doctor", "fewer-permission-prompts"}
    | {"loop", "plugin-authoring", "run", "run-skill-generator", "simplify", "update-config", "verify"}
    | {"workflow-authoring"}
)
# Commands, with those that only a terminal has.
COMMANDS = frozenset(
    {"add-dir", "agents", "auto-mode-setup", "autocompact", "bug", "clear", "color", "compact", "config", "context"}
    | {"cost", "effort", "exit", "export", "fast", "focus", "goal", "heapdump", "help", "hooks", "ide", "init"}
    | {"insights", "install-github-app", "list-agents", "login", "logout", "mcp", "memory", "model", "output-style"}
    | {"permissions", "plan", "plugin", "pr-comments", "privacy-settings", "recap", "release-notes", "reload-plugins"}
    | {"reload-skills", "rename", "resume", "review", "rewind", "sandbox", "security-review", "skills", "stats"}
    | {"status", "statusline", "tasks", "team-onboarding", "terminal-setup", "todos", "usage", "vim"}
)
