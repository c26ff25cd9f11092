"""`orchestrate agents`: what the agent and skill files say, and whether it holds."""

from __future__ import annotations

import click

from orchestrator.cli.agents_check import check_command
from orchestrator.cli.agents_coverage import coverage_command
from orchestrator.cli.agents_fix import command as fix_command
from orchestrator.cli.agents_lock import lock_command
from orchestrator.cli.agents_show import show_command


@click.group("agents")
def command() -> None:
    """Check, mend and show agent and skill files.

    \b
    Example:
      orchestrate agents check
    """


for each in (check_command, fix_command, show_command, coverage_command, lock_command):
    command.add_command(each)
