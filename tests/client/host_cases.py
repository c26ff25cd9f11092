"""Agents and skills with one trap each, and sound ones, for the client and for the prediction of what it does.

`{name}` is the name of the file without its ending, and of the skill's folder. Each body holds a mark of its own.
"""

from __future__ import annotations

MARK = "BODY-OF-"
SKILL_MARK = "SKILL-OF-"
SAYS = "description: Writes the report of a month.\n"
NAMED = f"name: {{name}}\n{SAYS}"

# What stands between the fences.
HEADERS = {
    "sound": NAMED,
    "sound-full": NAMED
    + "tools: [Read, Grep]\nmodel: haiku\neffort: low\nmaxTurns: 4\ncolor: blue\n"
    + "background: false\nomitClaudeMd: true\n",
    "comma-tools": NAMED + "tools: Read, Grep , Bash\n",
    "blank-tools": NAMED + "tools: Read Grep\n",
    "all-tools": NAMED + 'tools: "*"\n',
    "empty-tools": NAMED + "tools:\n",
    "empty-list": NAMED + "tools: []\n",
    "number-tools": NAMED + "tools: 7\n",
    "mapping-tools": NAMED + "tools: {Read: true}\n",
    "unknown-tools": NAMED + "tools: [Read, LS, MultiEdit, NotebookRead, FooTool]\n",
    "only-unknown-tools": NAMED + "tools: [LS, MultiEdit]\n",
    "case-tools": NAMED + "tools: [read, BASH, Grep]\n",
    "old-tools": NAMED + "tools: [Task, KillShell, BashOutput, Read]\n",
    "todo-tools": NAMED + "tools: [TodoWrite, Read]\n",
    "limited-bash": NAMED + "tools: Bash(git *), Read\n",
    "limited-with-comma": NAMED + 'tools: "Bash(git log, git show), Read"\n',
    "mcp-tools": NAMED + "tools: [Read, mcp__nowhere__search]\n",
    "duplicate-tools": NAMED + "tools: [Read, Read, Grep]\n",
    "agent-tool": NAMED + "tools: [Agent, Read]\n",
    "skill-tool": NAMED + "tools: [Skill, WebFetch, WebSearch, NotebookEdit, ToolSearch, Monitor]\n",
    "task-tools": NAMED + "tools: [TaskCreate, TaskGet, TaskList, TaskUpdate, TaskStop, SendMessage, ListAgents]\n",
    "plan-tools": NAMED + "tools: [AskUserQuestion, EnterPlanMode, ExitPlanMode, EnterWorktree, ExitWorktree, Read]\n",
    "cron-tools": NAMED + "tools: [CronCreate, CronDelete, CronList, ScheduleWakeup, RemoteTrigger, Workflow, Read]\n",
    "other-tools": NAMED
    + "tools: [LSP, PowerShell, PushNotification, Artifact, SendUserMessage, SendUserFile, Read]\n",
    "resource-tools": NAMED
    + "tools: [ReadMcpResourceTool, ReadMcpResourceDirTool, ListMcpResources, Read, Glob, Edit]\n",
    "disallowed": NAMED + "disallowedTools: [Bash, Write]\n",
    "disallowed-with-tools": NAMED + "tools: [Read, Bash]\ndisallowedTools: Bash\n",
    "disallowed-limited": NAMED + "disallowedTools: Bash(rm *)\n",
    "memory": NAMED + "tools: [Grep]\nmemory: project\n",
    "memory-all": NAMED + "memory: local\n",
    "bad-memory": NAMED + "tools: [Grep]\nmemory: everywhere\n",
    "model-id": NAMED + "model: claude-haiku-4-5\n",
    "model-inherit": NAMED + "model: Inherit\n",
    "model-default": NAMED + "model: default\n",
    "model-best": NAMED + "model: best\n",
    "model-opusplan": NAMED + "model: opusplan\n",
    "model-long": NAMED + "model: sonnet[1m]\n",
    "model-case": NAMED + "model: Haiku\n",
    "model-unknown": NAMED + "model: gpt-9\n",
    "model-number": NAMED + "model: 4.5\n",
    "model-list": NAMED + "model: [haiku]\n",
    "model-empty": NAMED + "model:\n",
    "model-comment": NAMED + "model: haiku # the quick one\n",
    "effort-word": NAMED + "effort: HIGH\n",
    "effort-med": NAMED + "effort: med\n",
    "effort-number": NAMED + "effort: 3\n",
    "effort-bad": NAMED + "effort: gigantic\n",
    "turns-text": NAMED + "maxTurns: '5 turns'\n",
    "turns-negative": NAMED + "maxTurns: -3\n",
    "turns-half": NAMED + "maxTurns: 2.5\n",
    "background-yes": NAMED + "background: yes\n",
    "omit-yes": NAMED + "omitClaudeMd: yes\n",
    "color-unknown": NAMED + "color: emerald\n",
    "isolation-bad": NAMED + "isolation: docker\n",
    "skills-list": NAMED + "skills: [sound]\n",
    "skills-text": NAMED + "skills: sound, absent\n",
    "permission": NAMED + "permissionMode: plan\n",
    "permission-bad": NAMED + "permissionMode: yolo\n",
    "initial-prompt": NAMED + "initialPrompt: Begin.\n",
    "servers": NAMED + "mcpServers: [numbers]\n",
    "servers-mapping": NAMED + "mcpServers: {numbers: {command: numbers}}\n",
    "unknown-keys": NAMED + "version: 1.0.0\ncategory: data\nrole: writer\ncontext: fork\n",
    "ours": NAMED + "x-orchestrate: {version: 1.0.0, schema: 1}\n",
    "misspelt-tools": NAMED + "allowed-tools: Read\n",
    "capital-keys": "Name: {name}\nDescription: Writes the report of a month.\nTools: Read\n",
    "hooks-sound": NAMED
    + "hooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - {type: command, command: 'true'}\n",
    "hooks-flat": NAMED + "hooks:\n  PreToolUse:\n    - matcher: Bash\n      command: 'true'\n",
    "hooks-flat-post": NAMED + "hooks:\n  PostToolUse:\n    - matcher: Bash\n      command: 'true'\n",
    "hooks-flat-stop": NAMED + "hooks:\n  Stop:\n    - command: 'true'\n",
    "hooks-one": NAMED + "hooks:\n  PreToolUse:\n    matcher: Bash\n    hooks: [{type: command, command: 'true'}]\n",
    "hooks-list": NAMED + "hooks:\n  - matcher: Bash\n    hooks: [{type: command, command: 'true'}]\n",
    "hooks-text": NAMED + "hooks: check.sh\n",
    "hooks-null": NAMED + "hooks:\n",
    "hooks-type": NAMED
    + "hooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - {type: script, command: 'true'}\n",
    "hooks-no-type": NAMED + "hooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - {command: 'true'}\n",
    "hooks-text-entry": NAMED + "hooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks: ['true']\n",
    "hooks-event": NAMED
    + "hooks:\n  BeforeTool:\n    - matcher: Bash\n      hooks: [{type: command, command: 'true'}]\n",
    "hooks-event-case": NAMED
    + "hooks:\n  preToolUse:\n    - matcher: Bash\n      hooks: [{type: command, command: 'true'}]\n",
    "hooks-nested-guard": NAMED
    + "hooks:\n  Wrong:\n    PreToolUse:\n      - matcher: Bash\n        hooks: [{type: command, command: 'true'}]\n",
    "hooks-outside": NAMED + "PreToolUse:\n  - matcher: Bash\n    hooks: [{type: command, command: 'true'}]\n",
    "no-name": SAYS,
    "number-name": f"name: 7\n{SAYS}",
    "float-name": f"name: 1.10\n{SAYS}",
    "true-name": f"name: true\n{SAYS}",
    "empty-name": f"name: ''\n{SAYS}",
    "list-name": f"name: [list-name]\n{SAYS}",
    "spaced-name": f"name: The Spaced Name\n{SAYS}",
    "hyphen-name": f"name: -hyphen\n{SAYS}",
    "colon-name": f"name: colon:name\n{SAYS}",
    "long-name": f"name: {'n' * 257}\n{SAYS}",
    "no-description": "name: {name}\n",
    "empty-description": "name: {name}\ndescription:\n",
    "number-description": "name: {name}\ndescription: 42\n",
    "list-description": "name: {name}\ndescription: [Writes, reports]\n",
    "when-to-use": "name: {name}\nwhen-to-use: When a report is due.\n",
    "when_to_use": "name: {name}\nwhen_to_use: When a report is due.\n",
    "folded": "name: {name}\ndescription: >\n  Writes the report\n  of a month.\ntools: Read\n",
    "literal": "name: {name}\ndescription: |\n  Writes the report.\n  Of a month: with tables.\ntools: Read\n",
    "literal-newlines": "name: {name}\ndescription: Writes reports.\\n\\nFor example, monthly.\n",
    "colon-text": "name: {name}\ndescription: Writes reports: monthly ones.\ntools: Read\n",
    "example-text": 'name: {name}\ndescription: Use it. <example>Context: x. user: "Hi" </example>\ntools: Read\n',
    "colon-and-comment": "name: {name}\ndescription: Writes: reports.\ntools: Read\nmodel: haiku # quick\n",
    "colon-and-block": "name: {name}\ndescription: |\n  Writes reports.\ntools: Read\nrole: writer: of reports\n",
    "colon-and-quotes": "name: {name}\ndescription: \"Writes\" reports: monthly.\ntools: 'Read'\n",
    "quote-inside": "name: {name}\ndescription: 'It's about reports.'\ntools: Read\n",
    "backslash": 'name: {name}\ndescription: "Matches \\d+ in reports."\ntools: Read\n',
    "hash-cut": "name: {name}\ndescription: Fixes issue #12 and writes reports.\ntools: Read\n",
    "hash-only": "name: {name}\ndescription: #1 in reports\ntools: Read\n",
    "unindented-text": "name: {name}\ndescription: Writes reports\nof every month.\ntools: Read\n",
    "unindented-example": 'name: {name}\ndescription: Use it.\n<example>\nuser: "Hi"\n</example>\ntools: Read\n',
    "indented-colon": "name: {name}\ndescription: Writes reports\n  of a month: with tables.\ntools: Read\n",
    "open-bracket": "name: {name}\ndescription: Writes reports.\ntools: [Read, Grep\n",
    "star": "name: {name}\ndescription: Writes reports.\ntools: *\n",
    "at-sign": "name: {name}\ndescription: @reports writes them.\ntools: Read\n",
    "backticks": "name: {name}\ndescription: `reports` are written.\ntools: Read\n",
    "percent": "name: {name}\ndescription: %reports are written.\ntools: Read\n",
    "bold": "name: {name}\ndescription: **Reports** are written.\ntools: Read\n",
    "bang": "name: {name}\ndescription: !important reports.\ntools: Read\n",
    "braces": "name: {name}\ndescription: {{reports}}\ntools: Read\n",
    "tab-indent": "name: {name}\ndescription: Writes reports.\ntools:\n\t- Read\n\t- Grep\n",
    "tab-nested": "name: {name}\ndescription: Writes reports.\ntools: Read\nmetadata:\n\tkind: report\n",
    "no-blank": "name:{name}\ndescription: Writes reports.\ntools: Read\n",
    "dashes-in-text": "name: {name}\ndescription: Writes reports --- monthly ones.\ntools: Read\nmodel: haiku\n",
    "dashes-in-comment": "name: {name}\n# ---- what it may do\ndescription: Writes reports.\ntools: Read\n",
    "twice": "name: {name}\ndescription: Writes reports.\ntools: Read\ntools: Grep\n",
    "alias": "name: {name}\ndescription: Writes reports.\nx: &t [Read]\ntools: *t\n",
    "list-header": "- name: {name}\n- description: Writes reports.\n",
    "empty-header": "",
    "comment-header": "# nothing\n",
    "yes-and-dates": "name: {name}\ndescription: 2026-01-01\ncolor: yes\n",
    "dots": "name: {name}\ndescription: Writes reports.\n...\ntools: Read\n",
}
# Whole files.
FILES = {
    "no-header": f"# Report writer\n\n{MARK}{{name}}\n",
    "late-header": f"\n---\n{NAMED}tools: Read\n---\n{MARK}{{name}}\n",
    "text-first": f"<!-- notes -->\n---\n{NAMED}tools: Read\n---\n{MARK}{{name}}\n",
    "in-code-block": f"```markdown\n---\n{NAMED}tools: Read\n---\n{MARK}{{name}}\n```\n",
    "open-header": f"---\n{NAMED}tools: Read\n\n{MARK}{{name}}\n",
    "long-fence": f"----\n{NAMED}tools: Read\n----\n{MARK}{{name}}\n",
    "long-end": f"---\n{NAMED}tools: Read\n-----\n{MARK}{{name}}\n",
    "blank-fence": f"--- \n{NAMED}tools: Read\n---\t\n{MARK}{{name}}\n",
    "blank-after-fence": f"---\n\n{NAMED}tools: Read\n---\n{MARK}{{name}}\n",
    "dots-end": f"---\n{NAMED}tools: Read\n...\n{MARK}{{name}}\n",
    "dots-then-ruler": f"---\n{NAMED}tools: Read\n...\n{MARK}{{name}}\n\n---\n\nMore.\n",
    "mark": f"\ufeff---\n{NAMED}tools: Read\n---\n{MARK}{{name}}\n",
    "windows": f"---\n{NAMED}tools: Read\n---\n{MARK}{{name}}\n".replace("\n", "\r\n"),
    "windows-colon": f"---\nname: {{name}}\ndescription: Writes: reports.\ntools: Read\n---\n{MARK}{{name}}\n".replace(
        "\n", "\r\n"
    ),
    "old-mac": f"---\n{NAMED}tools: Read\n---\n{MARK}{{name}}\n".replace("\n", "\r"),
    "two-headers": f"---\nname: {{name}}\n---\n---\n{SAYS}tools: Read\n---\n{MARK}{{name}}\n",
    "README": f"# Agents\n\n{MARK}README\n",
    "control": f"---\nname: {{name}}\ndescription: Writes\x07 reports.\ntools: Read\n---\n{MARK}{{name}}\n",
}

SKILL_HEADERS = {
    "sound": NAMED,
    "full": NAMED + "when_to_use: When it is due.\nargument-hint: '[month]'\narguments: [month]\nallowed-tools: Read\n",
    "no-header": None,
    "no-description": "name: {name}\n",
    "no-name": SAYS,
    "number-description": "description: 42\n",
    "list-description": "description: [a, b]\n",
    "other-name": f"name: quite-another\n{SAYS}",
    "spaced-name": f"name: A Spaced Name\n{SAYS}",
    "when-to-use": NAMED + "when-to-use: When it is due.\n",
    "when_to_use": NAMED + "when_to_use: When it is due.\n",
    "model-locked": NAMED + "disable-model-invocation: true\n",
    "model-locked-yes": NAMED + "disable-model-invocation: yes\n",
    "model-locked-maybe": NAMED + "disable-model-invocation: maybe\n",
    "hidden": NAMED + "user-invocable: false\n",
    "hidden-odd": NAMED + "user-invocable: sometimes\n",
    "colon-text": "name: {name}\ndescription: Writes reports: monthly ones.\n",
    "colon-and-block": "name: {name}\ndescription: |\n  Writes reports.\nversion: a: b\n",
    "hash-cut": "name: {name}\ndescription: Fixes issue #12 and writes reports.\n",
    "unindented-text": "name: {name}\ndescription: Writes reports\nof every month.\nallowed-tools: Read\n",
    "literal-newlines": "name: {name}\ndescription: Writes reports.\\n\\nMonthly.\n",
    "metadata-text": NAMED + "metadata: report\n",
    "metadata-list": NAMED + "metadata: [report]\n",
    "context-bad": NAMED + "context: forked\n",
    "fork": NAMED + "context: fork\nagent: sound\n",
    "fork-unknown": NAMED + "context: fork\nagent: nobody\n",
    "hooks-flat": NAMED + "allowed-tools: Read\nhooks:\n  PreToolUse:\n    - matcher: Bash\n      command: 'true'\n",
    "paths": NAMED + "paths: '*.sql'\n",
    "hint-list": NAMED + "argument-hint: [month]\n",
    "dashes": "name: {name}\ndescription: Writes reports --- monthly ones.\n",
    "unknown-keys": NAMED + "version: 1.2.0\ncategory: data\nrole: writer\n",
}


def agents() -> dict[str, str]:
    """The text of each agent's file by the name of the file without its ending."""
    found = {name: f"---\n{header}---\n{MARK}{{name}}\n" for name, header in HEADERS.items()}
    return {name: _named(text, name) for name, text in (found | FILES).items()}


def skills() -> dict[str, str]:
    return {
        name: _named(f"{SKILL_MARK}{{name}}\n" if header is None else f"---\n{header}---\n{SKILL_MARK}{{name}}\n", name)
        for name, header in SKILL_HEADERS.items()
    }


def _named(text: str, name: str) -> str:
    return text.replace("{name}", name)
