"""Every row of the policy: what SQL is denied, asked about, and let through."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.gate.rule import STRICTNESS
from orchestrator.gate.sql.judge import effects
from orchestrator.gate.text import unknown

CASES = Path(__file__).parent / "sql"
DIALECTS = frozenset(
    {
        "mysql",
        "mariadb",
        "sqlite",
        "clickhouse",
        "duckdb",
        "mssql",
        "oracle",
        "cassandra",
        "influxql",
        "snowflake",
        "bigquery",
    }
)
ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\u00a0": "\u00a0", "\\u0000": "\0", "\\ufeff": "\ufeff"}


def decision(text: str, dialect: str = "postgresql") -> str:
    found = [effect.rule.decision for effect in effects(text, dialect)]
    return max(found, key=STRICTNESS.__getitem__, default="silent")


def cases(name: str) -> list[tuple[str, str]]:
    lines = (CASES / (name + ".txt")).read_text("utf-8").splitlines()
    return [case(line) for line in lines if line and not line.startswith("# One")]


def case(line: str) -> tuple[str, str]:
    dialect, colon, rest = line.partition(": ")
    if not colon or dialect not in DIALECTS:
        dialect, rest = "postgresql", line
    text = rest.replace("\\\\", "\ue002")
    for written, meant in ESCAPES.items():
        text = text.replace(written, meant)
    parts = text.replace("\ue002", "\\").split("<")
    done = parts[0]
    for part in parts[1:]:
        name, closed, after = part.partition(">")
        done += unknown(name) + after if closed and name.isupper() else "<" + part
    return dialect, done


@pytest.mark.parametrize(("dialect", "text"), cases("deny"))
def test_loss_is_denied(dialect, text):
    assert decision(text, dialect) == "deny"


@pytest.mark.parametrize(("dialect", "text"), cases("ask"))
def test_risk_is_asked_about(dialect, text):
    assert decision(text, dialect) == "ask"


@pytest.mark.parametrize(("dialect", "text"), cases("silent"))
def test_everyday_statements_are_not_interrupted(dialect, text):
    assert [(effect.rule.id, effect.detail) for effect in effects(text, dialect)] == []
