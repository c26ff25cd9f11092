"""How decisions are found again: by their words. An index by meaning is not built yet."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, problem


def call(subject: Subject) -> Result:  # noqa: ARG001
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE entry USING fts5(text)")
        except sqlite3.OperationalError:
            text = f"SQLite {sqlite3.sqlite_version} of this Python has no FTS5: decisions are not found by their words"
            return judged(
                [], [problem(text, "Use a Python whose SQLite has FTS5, as those of the distributions have.")]
            )
    return judged([f"decisions are found by their words, with FTS5 of SQLite {sqlite3.sqlite_version}"], [])


CHECK = Check(id="recall", title="finding decisions again", order=110, deadline_s=10, call=call)
