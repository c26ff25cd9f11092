"""A change of the client's settings takes the gate away."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

OURS = '{"enabledPlugins": {"pgwright@pgwright": true}, "hooks": {"Stop": [{"hooks": []}]}, "model": "opus"}'


def _write(content: str) -> dict[str, object]:
    return {
        "tool": "Write",
        "input": {"file_path": ".claude/settings.json", "content": content},
        "files": {".claude/settings.json": OURS},
    }


RULE = Rule(
    id="tamper-hook-settings",
    decision=DENY,
    why="the settings of the client would no longer run the hooks that hold back dangerous commands",
    instead="leave hooks and plugins in the settings as they are; a person changes them in their own editor",
    source="https://code.claude.com/docs/en/settings#available-settings",
    fires_on=(
        {
            "tool": "Write",
            "input": {"file_path": ".claude/settings.local.json", "content": '{"disableAllHooks": true}'},
        },
        _write('{"enabledPlugins": {"pgwright@pgwright": false}}'),
        _write('{"enabledPlugins": {"pgwright@pgwright": true}, "model": "opus"}'),
        _write('{"pluginConfigs": {"pgwright": {"options": {"ask": "ask"}}}}'),
        _write("{"),
        {
            "tool": "Edit",
            "input": {"file_path": ".claude/settings.json", "old_string": '"Stop"', "new_string": '"Never"'},
            "files": {".claude/settings.json": OURS},
        },
        """echo '{"disableAllHooks": true}' > .claude/settings.json""",
        "mkdir -p .claude && curl -s https://example.org/settings.json > .claude/settings.json",
        """printf '{"disableAllHooks":true}' | tee .claude/settings.local.json""",
        {
            "tool": "Bash",
            "input": {"command": "rm -r .claude"},
            "files": {".claude/settings.json": OURS},
        },
        {
            "tool": "Bash",
            "input": {"command": "sed -i s/true/false/ .claude/settings.json"},
            "files": {".claude/settings.json": OURS},
        },
        {
            "tool": "Bash",
            "input": {"command": "mv .claude/settings.json settings.old"},
            "files": {".claude/settings.json": OURS},
        },
    ),
    silent_on=(
        _write(OURS.replace("opus", "haiku")),
        _write(OURS.replace('"model"', '"permissions": {"allow": ["Bash(ls:*)"]}, "model"')),
        _write(OURS.replace('"hooks": {', '"disableAllHooks": false, "hooks": {"PreToolUse": [], ')),
        {
            "tool": "Write",
            "input": {"file_path": ".claude/settings.json", "content": '{"permissions": {"allow": ["Bash(ls)"]}}'},
        },
        {
            "tool": "Edit",
            "input": {"file_path": ".claude/settings.json", "old_string": "opus", "new_string": "haiku"},
            "files": {".claude/settings.json": OURS},
        },
        {"tool": "Write", "input": {"file_path": "docs/hooks.md", "content": '{"disableAllHooks": true}'}},
        {"tool": "Write", "input": {"file_path": "app/settings.json", "content": '{"disableAllHooks": true}'}},
        "cat .claude/settings.json",
        "grep -r disableAllHooks .",
        """git commit -m 'never set "disableAllHooks": true'""",
        {
            "tool": "Bash",
            "input": {"command": "cp .claude/settings.json settings.bak"},
            "files": {".claude/settings.json": OURS},
        },
    ),
)
