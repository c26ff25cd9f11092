"""Files in the styles of many authors, all of them sound: path to text, or a small tree."""

from __future__ import annotations

from collections.abc import Mapping

from broken_definitions import TEAM

from orchestrator.plugin.sample import MANIFEST, contract, locked, plain, skill

Files = Mapping[str, str]
SERVERS = '{"mcpServers": {"numbers": {"command": "numbers"}}}'
HOOKS = """hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: jq -r .tool_input.command
"""
LONG_TEXT = """You are a senior reviewer. You read a change as the person who will be called at night.

## When invoked

1. Run `git diff` and read all of it
2. Read the files around each change
3. Begin the review at once

## Checklist

- Names say what a thing is
- No secret, password or key stands in the code
- Errors are handled where they can be mended

| Severity | Meaning |
| --- | --- |
| critical | must be mended |
| minor | may wait |

```python
def total(rows):
    return sum(row.amount for row in rows)  # never `Write` here, see [x](y.md)
```

---

Report by file and line. See https://example.org/review.md and mail team@example.org.
"""
OUTPUT = """Answer as JSON.

## Output format

```json
{"status": "done", "files": ["a.py"], "notes": null}
```
"""
EXAMPLES = """<example>
Context: a report is late.
user: "Where is the report?"
assistant: "I'll ask the report-writer."
</example>
"""


def agent(header: str = "", body: str = "Write the report.\n", **said: str) -> Files:
    return MANIFEST | {"agents/example.md": plain(header, body, **said)}


def in_project(header: str = "", body: str = "Write the report.\n") -> Files:
    return {".claude/agents/example.md": plain(header, body)}


def of_skill(header: str = "", body: str = "Align the numbers.\n") -> Files:
    return MANIFEST | {"skills/example/SKILL.md": skill(header, body)}


def described(lines: str) -> Files:
    return MANIFEST | {"agents/example.md": f"---\nname: example\n{lines}\n---\nWrite the report.\n"}


SOUND: dict[str, Files] = {
    "only name and description": agent(),
    "tools with commas": agent("tools: Read, Grep, Glob, Bash\n"),
    "tools in brackets": agent("tools: [Read, Grep, Glob]\n"),
    "tools on lines": agent("tools:\n  - Read\n  - Write\n  - Edit\n"),
    "tools quoted": agent('tools: ["Read", "Write"]\n'),
    "all tools by a star": agent('tools: "*"\n', "Look things up with `WebSearch`.\n"),
    "agents that may be started": agent("tools: Read, Agent(Explore)\n", "Start a helper with the `Task` tool.\n"),
    "tools taken away": agent("disallowedTools: Write, Edit\n", "Never use `Write`.\n"),
    "model of the session": agent("model: inherit\n"),
    "model by alias": agent("model: haiku\n"),
    "model by id": agent("model: claude-sonnet-4-5-20250929\n"),
    **{f"colour {color}": agent(f"color: {color}\n") for color in ("red", "blue", "purple", "orange", "pink", "cyan")},
    **{f"effort {level}": agent(f"effort: {level}\n") for level in ("low", "medium", "xhigh", "max")},
    **{f"memory of the {where}": agent(f"memory: {where}\n") for where in ("user", "project", "local")},
    "a limit of turns": agent("maxTurns: 25\n"),
    "in the background": agent("background: true\n"),
    "in a worktree": agent("isolation: worktree\n"),
    "skills on a line": agent("skills: monitoring, recall\n"),
    "skills on lines": agent("skills:\n  - monitoring\n  - recall\n"),
    "a skill of the plugin by both names": agent("skills: [tables, 'demo:tables']\n")
    | {"skills/tables/SKILL.md": skill(name="tables")},
    "a long text with tables and code": agent("tools: Read, Bash\n", LONG_TEXT),
    "an example of the output": agent("", OUTPUT),
    "examples in the text": agent("", EXAMPLES),
    "a text with rules of both kinds": agent(
        "", "Do:\n\n- Round the sums\n- Name sources\n\nDon't:\n\n- Guess numbers\n"
    ),
    "a text that speaks of paths": agent("", "GET /users answers /api/v1/users.json; logs are in /var/log/app.\n"),
    "a text that calls commands of the client": agent("", "Then run `/compact` or use `/help`.\n"),
    "a text with numbers of calls": agent("", "- Small change: 5-10 tool calls\n- Large one: 20 to 40 tool calls\n"),
    "a text that ends without a line feed": agent("", "Write the report."),
    "a text with rules across": agent("", "One.\n\n---\n\nTwo.\n\n---\n"),
    "a text with comments": agent("", "<!-- for people -->\nWrite the report.\n"),
    "a text with place holders": agent("", "Set API_KEY=<your key> and postgres://user:password@localhost/db.\n"),
    "a folded description": described("description: >\n  Writes the report of a month\n  from its numbers."),
    "a description kept on its lines": described("description: |\n  Writes the report.\n  Of a month: with tables."),
    "a description in double quotes": described('description: "Writes the \\"report\\": one page."'),
    "a description in single quotes": described("description: 'Writes it: one page # or two, it''s short.'"),
    "a comment in the header": described("# for people\ndescription: Writes the report of a month. # not longer"),
    "spaces behind the fences": MANIFEST | {"agents/example.md": plain().replace("---\n", "---  \n")},
    "line ends of Windows": MANIFEST | {"agents/example.md": plain("tools: Read\n").replace("\n", "\r\n")},
    "a byte order mark": MANIFEST | {"agents/example.md": "\ufeff" + plain("tools: Read\n")},
    "both": MANIFEST | {"agents/example.md": "\ufeff" + contract().replace("\n", "\r\n")},
    "German": agent(
        "", "Schreibe den Bericht. Prüfe jede Zahl.\n", description="Schreibt den Monatsbericht für Ärzte."
    ),
    "Japanese": agent("", "報告書を書く。\n", description="毎月の報告書を数字から書きます。"),
    "Arabic": agent("", "اكتب التقرير.\n", description="يكتب تقرير الشهر من أرقامه."),
    "Russian": agent("", "Пиши отчёт.\n", description="Пишет отчёт за месяц по его числам."),
    "pictures": agent(
        "", "✅ Write the report. ❌ Guess.\n", description="Writes the report of a month 📈 with tables."
    ),
    "a folder in the folder": MANIFEST | {"agents/money/example.md": plain()},
    "two plugins side by side": {
        **{f"a/{path}": text for path, text in agent().items()},
        **{f"b/{path}": text for path, text in agent().items()},
    },
    "a project's agent": in_project("tools: Read, Write\nmodel: sonnet\n"),
    "a project's agent with hooks": in_project(HOOKS),
    "a project's agent with a mode": in_project("permissionMode: plan\n"),
    "a project's agent with a first message": in_project("initialPrompt: Begin with the newest month.\n"),
    "a project's agent with a server": in_project("tools: mcp__numbers__sum\n") | {".mcp.json": SERVERS},
    "a plugin's server by its whole name": agent("tools: Read, mcp__plugin_demo_numbers__sum\n")
    | {".mcp.json": SERVERS},
    "a file that stands alone": {
        "example.md": plain("skills: [house-style]\ntools: mcp__x__y\n", "Run /x.plan first.\n")
    },
    "the smallest contract": MANIFEST | {"agents/example.md": contract()},
    "a contract on a plain style": MANIFEST
    | {"agents/example.md": contract("", LONG_TEXT, "tools: Read, Bash\nmodel: opus\ncolor: pink\n")},
    "a contract with boundaries": MANIFEST
    | {"agents/example.md": contract('  boundaries:\n    allow: ["reports/**"]\n    forbid: ["reports/final/**"]\n')},
    "a contract with budgets": MANIFEST
    | {
        "agents/example.md": contract(
            "  budgets:\n    report: {range: [5, 10], cap: 15}\n", "Report: 5-10 tool calls.\n"
        )
    },
    "a version before its release": MANIFEST | {"agents/example.md": contract().replace("1.0.0", "2.0.0-rc.1")},
    "a locked version": MANIFEST
    | {"agents/example.md": contract(), "agents/versions.json": locked(("0.9.0", "x"), ("1.0.0", contract()))},
    "a team": TEAM,
    "a skill": of_skill(),
    "a skill with tools": of_skill("allowed-tools: Read, Write, Bash(git log:*)\n"),
    "a skill with tools on lines": of_skill("allowed-tools:\n  - Read\n  - Write\n"),
    "a skill with a licence": of_skill("license: Apache-2.0\nmetadata:\n  author: someone\n  version: '1.0'\n"),
    "a skill for people": of_skill(
        "disable-model-invocation: true\nargument-hint: '[month]'\n", "Report $ARGUMENTS.\n"
    ),
    "a skill that only the model calls": of_skill("user-invocable: false\n"),
    "a skill with hooks": of_skill(HOOKS),
    "a skill with arguments": of_skill("arguments: [month, year]\n", "Report $month of $year.\n"),
    "a skill in an agent of its own": of_skill("context: fork\nagent: general-purpose\n"),
    "a skill with references": of_skill("", "See [forms](references/forms.md) and [more](references/forms.md#two).\n")
    | {"skills/example/references/forms.md": "# Forms\n\nNo header here.\n"},
    "a skill without a name": MANIFEST
    | {"skills/example/SKILL.md": "---\ndescription: Lays out tables.\n---\nAlign.\n"},
    "a skill with line ends of Windows": MANIFEST | {"skills/example/SKILL.md": skill().replace("\n", "\r\n")},
    "a project's skill": {".claude/skills/example/SKILL.md": skill()},
    "skills that call each other": MANIFEST
    | {
        "skills/a/SKILL.md": skill(name="a", body="Then run `/demo:b`.\n"),
        "skills/b/SKILL.md": skill(name="b", body="Then use `/a`.\n"),
    },
}
