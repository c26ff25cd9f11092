"""Words for the person at the terminal, on standard error."""

from __future__ import annotations

from contextlib import suppress

import click


def tell(text: str) -> None:
    """One line. Whoever read standard error may be gone: the work goes on all the same."""
    with suppress(OSError):
        click.echo(text, err=True)
