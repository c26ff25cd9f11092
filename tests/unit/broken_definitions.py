"""Sound files, each with one thing broken. « stands before the place that must be named, ¶ somewhere in its line."""

from __future__ import annotations

from orchestrator.plugin.sample import MANIFEST, contract, locked, plain, skill

AGENT = """---
name: report-writer
description: Writes the report of a month from its numbers, with a table and a sentence on each figure.
tools: [Read, Edit, Write]
disallowedTools: [Bash]
model: sonnet
effort: high
skills: [tables]
color: green
maxTurns: 40
memory: project
background: true
isolation: worktree
omitClaudeMd: true
x-orchestrate:
  version: 1.0.0
  schema: 1
  routing:
    about: reports and their numbers
    phrases:
      - {phrase: monthly report, weight: 3}
    negatives:
      - {phrase: weather report, means: the weather}
  boundaries:
    allow: ["reports/**"]
    forbid: ["reports/final/**"]
    dont: [dont-guess]
  budgets:
    report:
      range: [5, 10]
      cap: 15
      when: [report, month]
  output_schema: schemas/review-output.schema.json
  receives_from: []
  hands_off_to: [proof-reader]
  clauses:
    - id: do-name
      text: Name the source of each number.
      kept: enforced
      by: check:unknown-skill
    - id: dont-guess
      text: Never guess a number.
      kept: prose
      planned: true
---
Read the numbers, then write `reports/month.md`. A report takes 5-10 tool calls.
"""
READER = contract("  receives_from: [report-writer]\n", "Read what others wrote.\n", name="proof-reader")
SKILL = """---
name: tables
description: Lays out the tables of a report so that a person can compare the figures.
when_to_use: A report has more than three figures.
argument-hint: "[file]"
arguments: [file]
allowed-tools: [Read, Write]
disallowed-tools: [Bash]
effort: low
context: fork
agent: general-purpose
disable-model-invocation: false
user-invocable: true
license: MIT
compatibility: A project with reports
metadata: {author: someone}
x-orchestrate:
  version: 1.0.0
  schema: 1
  commands: ["orchestrate recall"]
  playbook: command:recall
---
Align the figures to the right. See [forms](references/forms.md).
"""
TEAM = MANIFEST | {
    "agents/report-writer.md": AGENT,
    "agents/proof-reader.md": READER,
    "skills/tables/SKILL.md": SKILL,
    "skills/tables/references/forms.md": "# Forms\n",
    ".mcp.json": '{"mcpServers": {"numbers": {"command": "numbers"}}}',
}
BUDGET = "    report:\n      range: [5, 10]\n      cap: 15\n"
CLAUSE = """    - id: do-name
      text: Name the source of each number.
      kept: enforced
      by: check:unknown-skill
"""
LONG = "x" * 1_025

# What replaces what in the agent, and the code that is found there.
AGENT_ROWS = [
    # The rules of the schema.
    ("name: report-writer", "«name: Report-writer", "bad-value"),
    ("name: report-writer", "«name: report writer", "bad-value"),
    ("name: report-writer", "«name: -report", "bad-value"),
    ("name: report-writer", f"«name: {'x' * 65}", "bad-value"),
    ("name: report-writer", "«name: 7", "wrong-type"),
    ("name: report-writer", "«name: [a]", "wrong-type"),
    ("description: Writes", "«description: Short # Writes", "bad-value"),
    ("description: Writes", f"«description: {LONG} ", "bad-value"),
    ("description: Writes the report", "«description: 7 # Writes", "wrong-type"),
    ("description: Writes the report", "description: «[a] # Writes", "text-not-whole"),
    ("description: Writes", "«description:\n  - a\n# Writes", "wrong-type"),
    ("tools: [Read, Edit, Write]", "«tools: []", "bad-value"),
    ("tools: [Read, Edit, Write]", "tools: [Read, «7, Write]", "wrong-type"),
    ("tools: [Read, Edit, Write]", "«tools: [Read, Read, Write]", "bad-value"),
    ("tools: [Read, Edit, Write]", 'tools: [Read, «"two words", Write]', "bad-value"),
    ("tools: [Read, Edit, Write]", "«tools: {Read: true}", "wrong-type"),
    ("tools: [Read, Edit, Write]", "«tools: 7", "wrong-type"),
    ("tools: [Read, Edit, Write]", '«tools: ""', "bad-value"),
    ("disallowedTools: [Bash]", "«disallowedTools: []", "bad-value"),
    ("disallowedTools: [Bash]", "«disallowedTools: true", "wrong-type"),
    ("disallowedTools: [Bash]", "disallowedTools: [«null]", "wrong-type"),
    ("model: sonnet", "«model: gpt-9", "bad-value"),
    ("model: sonnet", "«model: Sonnet", "bad-value"),
    ("model: sonnet", "«model: 4", "wrong-type"),
    ("effort: high", "«effort: gigantic", "unknown-value"),
    ("effort: high", "«effort: 0", "bad-value"),
    ("effort: high", "«effort: true", "wrong-type"),
    ("skills: [tables]", "«skills: [tables, tables]", "bad-value"),
    ("skills: [tables]", "«skills: 7", "wrong-type"),
    ("skills: [tables]", "skills: [tables, «7]", "wrong-type"),
    ("skills: [tables]", 'skills: [tables, «""]', "bad-value"),
    ("color: green", "«color: emerald", "unknown-value"),
    ("color: green", "«color: '#00ff00'", "unknown-value"),
    ("maxTurns: 40", "«maxTurns: 0", "bad-value"),
    ("maxTurns: 40", "«maxTurns: -3", "bad-value"),
    ("maxTurns: 40", "«maxTurns: many", "wrong-type"),
    ("maxTurns: 40", "«maxTurns: 2.5", "wrong-type"),
    ("memory: project", "«memory: everywhere", "unknown-value"),
    ("memory: project", "«memory: true", "unknown-value"),
    ("background: true", "«background: maybe", "wrong-type"),
    ("isolation: worktree", "«isolation: docker", "unknown-value"),
    ("omitClaudeMd: true", "«omitClaudeMd: 1", "wrong-type"),
    ("omitClaudeMd: true", "«permissionMode: yolo", "unknown-value"),
    ("omitClaudeMd: true", "«initialPrompt: 7", "wrong-type"),
    ("omitClaudeMd: true", "«hooks: [PreToolUse]", "wrong-type"),
    ("omitClaudeMd: true", "«mcpServers: numbers", "wrong-type"),
    ("omitClaudeMd: true", "mcpServers: [«7]", "wrong-type"),
    ("omitClaudeMd: true", "«mcpServers: {numbers: {}}", "wrong-type"),
    ("omitClaudeMd: true", "«modell: opus", "unknown-key"),
    ("omitClaudeMd: true", "«context: fork", "unknown-key"),
    ("omitClaudeMd: true", "«version: 1.0.0", "unknown-key"),
    ("x-orchestrate:\n  version: 1.0.0\n", "«x-orchestrate:\n", "missing-key"),
    ("x-orchestrate:\n  version: 1.0.0\n  schema: 1\n", "«x-orchestrate:\n  version: 1.0.0\n", "missing-key"),
    ("  version: 1.0.0", "  «version: one", "bad-value"),
    ("  version: 1.0.0", "  «version: 1.0", "wrong-type"),
    ("  version: 1.0.0", "  «version: v1.0.0", "bad-value"),
    ("  version: 1.0.0", "  «version: 01.0.0", "bad-value"),
    ("  schema: 1", "  «schema: 2", "bad-value"),
    ("  schema: 1", "  schema: 1\n  «owner: someone", "unknown-key"),
    ("    about: reports and their numbers", "    «about: it", "bad-value"),
    ("    about: reports and their numbers", f"    «about: {'x' * 81}", "bad-value"),
    ("    about: reports and their numbers", "    «about: [reports]", "wrong-type"),
    ("      - {phrase: monthly report, weight: 3}", "      - {phrase: monthly report, «wait: 3}", "unknown-key"),
    ("      - {phrase: weather report, means: the weather}", "      - «weather report", "wrong-type"),
    ("  boundaries:", "  boundaries:\n    «deny: []", "unknown-key"),
    ('    allow: ["reports/**"]', '    «allow: "reports/**"', "wrong-type"),
    ('    allow: ["reports/**"]', '    «allow: ["reports/**", "reports/**"]', "bad-value"),
    ('    allow: ["reports/**"]', '    allow: [«""]', "bad-value"),
    ('    forbid: ["reports/final/**"]', "    forbid: [«7]", "wrong-type"),
    ("    dont: [dont-guess]", "    «dont: dont-guess", "wrong-type"),
    ("    report:\n      range: [5, 10]\n", "    «report:\n", "missing-key"),
    (BUDGET, "    «report:\n      range: [5, 10]\n", "missing-key"),
    ("      range: [5, 10]", "      «range: [5]", "bad-value"),
    ("      range: [5, 10]", "      «range: [5, 10, 15]", "bad-value"),
    ("      range: [5, 10]", "      range: [«0, 10]", "bad-value"),
    ("      range: [5, 10]", "      range: [five, 10]¶", "wrong-type"),
    ("      range: [5, 10]", "      «range: 5-10", "wrong-type"),
    ("      cap: 15", "      «cap: 0", "bad-value"),
    ("      cap: 15", "      «cap: none", "wrong-type"),
    ("      when: [report, month]", "      when: [«a]", "bad-value"),
    ("      when: [report, month]", "      «limit: 3", "unknown-key"),
    ("    report:\n", "    «Report:\n", "bad-key"),
    ("  output_schema: schemas/review-output.schema.json", "  «output_schema: answer.json", "bad-value"),
    ("  output_schema: schemas/review-output.schema.json", "  «output_schema: {}", "wrong-type"),
    ("  receives_from: []", "  «receives_from: nobody", "wrong-type"),
    ("  hands_off_to: [proof-reader]", "  «hands_off_to: [proof-reader, proof-reader]", "bad-value"),
    (CLAUSE, "    - «id: do-name\n      kept: prose\n", "missing-key"),
    (CLAUSE, "    - «id: do-name\n      text: Name the source of it.\n", "missing-key"),
    ("    - id: do-name\n      text", "    - «text", "missing-key"),
    ("    - id: do-name", "    - «id: Do Name", "bad-value"),
    ("      text: Name the source of each number.", "      «text: Name it", "bad-value"),
    ("      text: Name the source of each number.", f"      «text: {'x' * 301}", "bad-value"),
    ("      kept: enforced", "      «kept: promised", "unknown-value"),
    (CLAUSE, CLAUSE.replace("id:", "«id:").replace("      by: check:unknown-skill\n", ""), "missing-key"),
    ("      by: check:unknown-skill", "      «by: somebody", "bad-value"),
    ("      by: check:unknown-skill", "      by: check:unknown-skill\n      «planned: true", "bad-value"),
    ("      planned: true", "      «planned: soon", "wrong-type"),
    ("      planned: true", "      «by: check:unknown-skill", "bad-value"),
    ("      planned: true", "      «due: 2027", "unknown-key"),
    # What two places of the file, or the file and another one, say of each other.
    ("skills: [tables]", "skills: [tables, «absent]", "unknown-skill"),
    ("hands_off_to: [proof-reader]", "hands_off_to: [«nobody]", "unknown-agent"),
    ("receives_from: []", "receives_from: [«nobody]", "unknown-agent"),
    ("schemas/review-output.schema.json", "schemas/absent.schema.json¶", "unknown-schema"),
    ("tools: [Read, Edit, Write]", "tools: [Read, Write, «mcp__absent__look]", "unknown-server"),
    ("tools: [Read, Edit, Write]", "tools: [Read, Write, «mcp__numbers__sum]", "unqualified-server"),
    ("Read the numbers,", "Ask «mcp__plugin_demo_numbers__sum,", "ungranted-tool"),
    ("Read the numbers,", "Search with `«WebSearch`,", "ungranted-tool"),
    ("Read the numbers,", "Run `«git log --stat`,", "commands-without-shell"),
    ("    dont: [dont-guess]", "    dont: [«dont-gess]", "unknown-clause"),
    ("    - id: dont-guess", "    - «id: do-name", "duplicate-clause"),
    ("      by: check:unknown-skill", "      «by: check:absent", "unknown-keeper"),
    ("      by: check:unknown-skill", "      «by: hook:hooks/absent", "unknown-keeper"),
    ("      by: check:unknown-skill", "      «by: module:orchestrator.absent", "unknown-keeper"),
    (BUDGET, "    «report:\n      range: [5, 10]\n      cap: 8\n", "budget-order"),
    (BUDGET, "    «report:\n      range: [10, 5]\n      cap: 15\n", "budget-order"),
    ("A report takes 5-10", "A report takes «10-5", "budget-unreadable"),
    ("A report takes 5-10", "Report: «5-12", "budget-text-differs"),
    ('    allow: ["reports/**"]', '    allow: [«"/srv/reports/**"]', "path-glob-invalid"),
    ('    forbid: ["reports/final/**"]', '    forbid: ["a/**", «"../**"]', "path-glob-invalid"),
    ('    allow: ["reports/**"]', '    allow: [«"reports/final/**"]', "allow-and-forbid"),
    ('["reports/**"]\n    forbid: ["reports/final/**"]', '[«"reports/**"]\n    forbid: ["**"]', "allow-and-forbid"),
    ("      text: Never guess a number.", "      «text: Never name the source of each number.", "do-and-dont"),
    ("Read the numbers,", "- Round sums.\n- Never round the sums.¶\n\nRead the numbers,", "do-and-dont"),
    ("Read the numbers,", "Begin with «/sp.specify,", "unknown-slash-command"),
    ("Read the numbers,", "Begin with `«/demo:absent`,", "unknown-slash-command"),
    ("Read the numbers,", "Read [the rules](«docs/rules.md),", "missing-file"),
    ("Read the numbers,", "Log in with «ghp_" + "a1B2c3D4e5F6" * 3 + ",", "secret-in-definition"),
    ("Read the numbers,", "Keep `«${CLAUDE_PLUGIN_ROOT}/hooks/absent.sh`,", "missing-hook-script"),
    ("description: Writes the report", f"«description: {'Writes reports. ' * 60}", "token-cost"),
]

SKILL_ROWS = [
    ("name: tables", "«name: Tables", "bad-value"),
    ("name: tables", "«name: 7", "wrong-type"),
    ("name: tables", "«name: other", "host-folder-names-skill"),
    ("description: Lays", "«description: Short # Lays", "bad-value"),
    ("description: Lays", f"«description: {LONG} ", "bad-value"),
    ("description: Lays", "«description:\n  - a\n# Lays", "wrong-type"),
    ("when_to_use: A report", "«when_to_use: 7 # A report", "wrong-type"),
    ('argument-hint: "[file]"', "argument-hint: «[file]", "text-not-whole"),
    ('argument-hint: "[file]"', "«argument-hint:\n  - file", "wrong-type"),
    ('argument-hint: "[file]"', f"«argument-hint: {'x' * 101}", "bad-value"),
    ("\narguments: [file]", "\n«arguments: 7", "wrong-type"),
    ("\narguments: [file]", "\n«arguments: [file, file]", "bad-value"),
    ("\nallowed-tools: [Read, Write]", "\n«allowed-tools: true", "wrong-type"),
    ("\nallowed-tools: [Read, Write]", "\nallowed-tools: [Read, «7]", "wrong-type"),
    ("disallowed-tools: [Bash]", '«disallowed-tools: ""', "bad-value"),
    ("effort: low", "«effort: gigantic", "unknown-value"),
    ("context: fork", "«context: spoon", "unknown-value"),
    ("agent: general-purpose", "«agent: [a]", "wrong-type"),
    ("disable-model-invocation: false", "«disable-model-invocation: sometimes", "wrong-type"),
    ("user-invocable: true", "«user-invocable: 1", "wrong-type"),
    ("license: MIT", "«license: 7", "wrong-type"),
    ("license: MIT", "«licence: MIT", "unknown-key"),
    ("compatibility: A project", f"«compatibility: {'x' * 501}", "bad-value"),
    ("metadata: {author: someone}", "«metadata: someone", "wrong-type"),
    ("metadata: {author: someone}", "metadata: {«author: 7}", "wrong-type"),
    ("x-orchestrate:\n  version: 1.0.0\n", "«x-orchestrate:\n", "missing-key"),
    ("  version: 1.0.0", "  «version: new", "bad-value"),
    ("  schema: 1", "  «schema: 3", "bad-value"),
    ("  schema: 1", "  schema: 1\n  «owner: someone", "unknown-key"),
    ('  commands: ["orchestrate recall"]', "  «commands: orchestrate recall", "wrong-type"),
    ('  commands: ["orchestrate recall"]', '  commands: [«"orchestrate fly"]', "unknown-command"),
    ("  playbook: command:recall", "  «playbook: recall", "bad-value"),
    ("  playbook: command:recall", "  «playbook: command:absent", "unknown-playbook"),
    ("See [forms](references/forms.md)", "See [forms](«references/form.md)", "missing-file"),
    ("Align the figures", "First run `«/absent`. Align the figures", "unknown-slash-command"),
    ("Align the figures", "Send «sk-ant-" + "api03-9fK2mQ7xT4bW8zR1vC6n. Align", "secret-in-definition"),
]

NEVER = """  boundaries:
    allow: [«"reports/**"]
  clauses:
    - {id: dont-touch, text: Never edit reports/ by hand., kept: prose}
"""
# Other files of the same team; a text with a mark is the file in which the fault must be found.
VERSIONED = contract(name="a").replace("  version", "  «version")
TREE_ROWS = [
    ({"agents/a.md": contract(NEVER, name="a")}, "agents/a.md", "allowed-and-never"),
    ({"agents/more/a.md": AGENT.replace("name:", "«name:", 1)}, "agents/more/a.md", "duplicate-agent"),
    ({"agents/README.md": "¶# Agents\n"}, "agents/README.md", "host-readme-is-agent"),
    ({"agents/a.md": plain(name="a", body="¶")}, "agents/a.md", "empty-body"),
    ({"skills/a/SKILL.md": skill(name="a", body="¶")}, "skills/a/SKILL.md", "empty-body"),
    ({"skills/a/SKILL.md": SKILL.replace("name: tables", "«name: tables")}, "skills/a/SKILL.md", "duplicate-skill"),
    (
        {
            "agents/proof-reader.md": READER.replace("[report-writer]", "[]"),
            "agents/report-writer.md": AGENT.replace("[proof-reader]", "[«proof-reader]"),
        },
        "agents/report-writer.md",
        "one-sided-hand-off",
    ),
    (
        {
            "agents/a.md": plain("skills: [«locked]\n", name="a"),
            "skills/locked/SKILL.md": skill("disable-model-invocation: true\n", name="locked"),
        },
        "agents/a.md",
        "skill-not-invocable",
    ),
    (
        {
            "agents/a.md": plain(name="a", description="Reads proofs."),
            "agents/b.md": plain(name="b", description="Reads proofs.").replace("desc", "«desc"),
        },
        "agents/b.md",
        "same-description",
    ),
    (
        {
            "agents/a.md": contract("  receives_from: [b]\n  «hands_off_to: [b]\n", name="a"),
            "agents/b.md": contract("  receives_from: [a]\n  hands_off_to: [a]\n", name="b"),
        },
        "agents/a.md",
        "endless-hand-off",
    ),
    (
        {
            "agents/a.md": contract(
                "  clauses:\n    - id: dont\n      «text: Never edit files.\n      kept: prose\n", name="a"
            )
        },
        "agents/a.md",
        "tool-against-clause",
    ),
    ({"agents/a.md": plain("tools: [Read]\n", "Write `«a.md`.\n", name="a")}, "agents/a.md", "edits-without-writer"),
    *(
        ({"agents/a.md": VERSIONED, "agents/versions.json": locked(*held, name="a")}, "agents/a.md", code)
        for held, code in [
            ([], "unlocked-version"),
            ([("1.0.0", "another text")], "unversioned-change"),
            ([("1.1.0", "another text")], "version-went-back"),
        ]
    ),
]
