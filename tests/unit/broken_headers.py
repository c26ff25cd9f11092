"""Headers that cannot be read as they stand, or that the client reads otherwise. Marks as in broken_definitions."""

from __future__ import annotations

# Whole files that the reader cannot take as they stand; bytes have their place beside them.
READER_ROWS = [
    ("¶# No header\n", "no-frontmatter"),
    ("\n¶---\nname: a\n---\nText.\n", "header-not-first"),
    ("¶---\nname: a\ndescription: Writes.\n", "open-frontmatter"),
    ("---\nname: a\ndescription: Writes.\n«name: b\n---\nText.\n", "duplicate-key"),
    ("---\nname: a\ndescription: Writes.\nx-orchestrate:\n  version: 1.0.0\n  «version: 2.0.0\n---\n", "duplicate-key"),
    ("---\n¶- name\n- description\n---\nText.\n", "not-a-mapping"),
    ("---\n¶just a sentence\n---\nText.\n", "not-a-mapping"),
    ("---\nname: a\n¶description: Use it when: two colons\n---\nText.\n", "bad-yaml"),
    ('---\nname: a\n¶description: "Writes" reports\n---\nText.\n', "bad-yaml"),
    ("---\nname: a\n¶description: 'It's' here\n---\nText.\n", "bad-yaml"),
    ("---\nname: a\n¶description: @someone writes\n---\nText.\n", "bad-yaml"),
    ("---\nname: a\n¶description: `code` is read\n---\nText.\n", "bad-yaml"),
    ("---\nname: a\ndescription: Writes.\n¶\ttools: Read\n---\nText.\n", "bad-yaml"),
]
READER_ROWS += [
    ("¶----\nname: a\ndescription: Writes.\n----\nText.\n", "bad-fence"),
    ("---\nname: a\ndescription: Writes.\n---\n¶---\nmodel: opus\n---\nText.\n", "two-headers"),
    ("---\n¶name a\ndescription: Writes.\n---\nText.\n", "stray-line"),
    ("---\nname: &n a\ndescription: Writes.\n¶color: *n\n---\nText.\n", "alias"),
    ("---\nname: a\ndescription: Writes.\n¶deep: " + "[" * 30 + "]" * 30 + "\n---\nText.\n", "too-deep"),
    ("---\nname: a\ndescription: Writes.\ntools: «[Read, Write\n---\nText.\n", "bad-yaml"),
    ("---\nname: a\n¶description: Writes\nreports of a month\n---\nText.\n", "bad-yaml"),
    ("<!-- for people -->\n¶---\nname: a\ndescription: Writes.\n---\nText.\n", "header-not-first"),
    ("---\n«description: Writes: it\n  more: x\ntools: Read\n bad\n---\nText.\n", "host-header-lost"),
]
# Headers that can be read, with what the client does not do as their author meant it; what is missing has no mark.
WRITES = "name: a\ndescription: Writes reports.\n"
PLUGIN, PROJECT, OF_SKILL = "agents/a.md", ".claude/agents/a.md", "skills/a/SKILL.md"
HOST_ROWS = [
    (PLUGIN, WRITES + "«permissionMode: plan\n", "host-ignored-key"),
    (PLUGIN, WRITES + "«hooks: {}\n", "host-ignored-key"),
    (PLUGIN, WRITES + "«mcpServers: [numbers]\n", "host-ignored-key"),
    (PLUGIN, WRITES + "«initialPrompt: Begin.\n", "host-ignored-key"),
    (PLUGIN, WRITES + "«context: fork\n", "host-ignored-key"),
    (PLUGIN, WRITES + "«role: writer\n", "host-ignored-key"),
    (PLUGIN, WRITES + "«tools: Read, LS\n", "host-unknown-tool"),
    (PLUGIN, WRITES + "«tools: [Read, MultiEdit]\n", "host-unknown-tool"),
    (PLUGIN, WRITES + "«tools: []\n", "host-no-tools"),
    (PLUGIN, WRITES + "«tools: 7\n", "host-no-tools"),
    (PLUGIN, WRITES + "«tools: Bash(git log:*)\n", "host-limit-without-effect"),
    (PLUGIN, WRITES + "«color: emerald\n", "host-dropped-value"),
    (PLUGIN, WRITES + "«effort: gigantic\n", "host-dropped-value"),
    (PLUGIN, WRITES + "«memory: everywhere\n", "host-dropped-value"),
    (PLUGIN, WRITES + "«isolation: docker\n", "host-dropped-value"),
    (PLUGIN, WRITES + "«maxTurns: -3\n", "host-dropped-value"),
    (PLUGIN, WRITES + "«background: maybe\n", "host-dropped-value"),
    (PLUGIN, WRITES + "tools: [Read]\n«memory: user\n", "host-memory-adds-tools"),
    (PLUGIN, "name: a\n", "host-no-description"),
    (PLUGIN, "«name: 7\ndescription: Writes reports.\n", "host-dropped-value"),
    (PLUGIN, "name: a\n«description: Writes\\n\\nreports.\n", "host-literal-newline"),
    (PROJECT, "name: a\n", "host-not-loaded"),
    (PROJECT, "description: Writes reports.\n", "host-not-loaded"),
    (PROJECT, "«name: -a\ndescription: Writes reports.\n", "host-not-loaded"),
    (PROJECT, "«name: a:b\ndescription: Writes reports.\n", "host-not-loaded"),
    (PROJECT, WRITES + "«hooks: {PreToolUse: [{matcher: Bash, command: x}]}\n", "host-not-loaded"),
    (PROJECT, WRITES + "«permissionMode: yolo\n", "host-dropped-value"),
    (OF_SKILL, "name: a\n", "host-no-description"),
    (OF_SKILL, WRITES + "«agent: reader\n", "host-agent-without-fork"),
    (OF_SKILL, WRITES + "«user-invocable: sometimes\n", "host-dropped-value"),
    (OF_SKILL, WRITES + "«role: writer\n", "host-ignored-key"),
    (OF_SKILL, WRITES + "«paths: '*.py'\n", "host-ignored-key"),
    (OF_SKILL, "«name: b\ndescription: Writes reports.\n", "host-folder-names-skill"),
]
READER_BYTES = [
    (b"", "empty-file", 1),
    (b"---\nname: a\n\x00---\n", "binary-file", 3),
    (b"\xff\xfe-\x00-\x00-\x00", "not-utf-8", 1),
    (b"---\nname: a\ndescription: caf\xe9\n---\n", "not-utf-8", 3),
    (b"---\nname: a\ndescription: Writes.\n---\n" + b"x" * 1_000_001, "file-too-large", 1),
]
