"""This plugin is disabled or uninstalled."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="remove-gate",
    decision=DENY,
    why="disables or removes this plugin, and nothing holds back dangerous commands any more",
    instead="say what was held and why it was needed; a person disables or removes the plugin, if they want to",
    source="https://code.claude.com/docs/en/plugins-reference#cli-commands-reference",
    fires_on=(
        "claude plugin disable pgwright",
        "claude plugin disable pgwright@pgwright --scope project",
        "claude plugin disable --all",
        "claude plugins uninstall pgwright -y",
        "claude plugin remove pgwright",
        'claude plugin disable "$(cat name)"',
        "claude plugin marketplace remove pgwright",
        "claude plugin marketplace rm pgwright",
        "claude config set disableAllHooks true",
        "sudo -u dev claude plugin uninstall pgwright@pgwright",
    ),
    silent_on=(
        "claude plugin list",
        "claude plugin disable other@market",
        "claude plugin install pgwright@pgwright",
        "claude plugin update pgwright",
        "claude plugin marketplace remove other",
        "claude plugin disable --help",
        "claude config get disableAllHooks",
        "claude mcp remove pgwright",
        "echo claude plugin disable pgwright",
    ),
)
