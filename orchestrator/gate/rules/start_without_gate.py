"""A session of the client is started in which this plugin does not run."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="start-without-gate",
    decision=DENY,
    why="starts a session in which the hooks of this plugin do not run, and nothing holds back dangerous commands",
    instead="start it with the user's own settings, without --bare, --safe-mode and other folders for settings",
    source="https://code.claude.com/docs/en/cli-reference",
    fires_on=(
        "claude --bare -p 'clean up'",
        "claude -p hello --safe-mode",
        "CLAUDE_CODE_SIMPLE=1 claude -p 'clean up'",
        """claude --settings '{"disableAllHooks": true}' -p hello""",
        "claude --settings=missing.json -p hello",
        """echo '{"disableAllHooks": true}' > s.json && claude --settings s.json -p hello""",
        "claude --setting-sources project -p hello",
        "claude -p hello --setting-sources ''",
        "CLAUDE_CONFIG_DIR=/tmp/empty claude -p 'clean up'",
        "env HOME=/tmp/empty claude -p 'clean up'",
    ),
    silent_on=(
        "claude --version",
        "claude -p 'what does --bare do?'",
        "claude -p hello -- --bare",
        "claude --setting-sources user,project -p hello",
        """claude --settings '{"model": "haiku"}' -p hello""",
        "claude --permission-mode plan -p hello",
        "claude --dangerously-skip-permissions -p hello",
        "git commit -m 'claude --bare'",
    ),
)
