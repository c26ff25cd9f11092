"""Files of this plugin, its data or the client's list of plugins are written or removed."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="tamper-plugin",
    decision=DENY,
    why="changes the files that hold back dangerous commands, the record of what was held, or what a person granted",
    instead="work on a clone of the plugin as a project of its own; a person updates or removes the installed one",
    source="https://code.claude.com/docs/en/plugins-reference#plugin-caching-and-file-resolution",
    fires_on=(
        "rm -rf ~/.claude/plugins",
        "rm -rf ~/.claude/plugins/cache/pgwright",
        "mv ~/.claude ~/.claude.old",
        "echo '{}' > ~/.claude/plugins/installed_plugins.json",
        "touch ~/.claude/plugins/data/pgwright-pgwright/gate/grants/0123456789ab",
        "cp hook.json ~/.claude/plugins/cache/pgwright/pgwright/0.1.0/hooks/hooks.json",
        "sed -i s/block/allow/ $HOME/.claude/plugins/cache/pgwright/pgwright/0.1.0/hooks/hooks.json",
    ),
    silent_on=(
        "ls ~/.claude/plugins",
        "cat ~/.claude/plugins/installed_plugins.json",
        "rm -rf plugins",
        "rm -rf ~/.claude/todos",
        "echo '{}' > plugins/installed_plugins.json",
        "git add hooks/hooks.json",
    ),
)
