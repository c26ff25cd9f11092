"""The test session's own PostgreSQL server, the real client, golden files, and the rule that CI skips nothing."""

from __future__ import annotations

import importlib.util
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestrator.model.errors import OrchestrateError
from orchestrator.pg import binaries, connect, scratch

_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what was found")


def pytest_report_header() -> str:
    try:
        found = binaries.find()
    except OrchestrateError as error:
        return f"disposable server: {error.message}"
    return f"disposable server: PostgreSQL {found.version} ({found.source}), as user {os.geteuid()}"


def _skipped(session: pytest.Session) -> int:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter and os.environ.get("CI") else 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped(session) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped and os.environ.get("CI"):
        terminalreporter.write_line(f"{skipped} skipped: on CI every test has to run", red=True)


@pytest.fixture(scope="session")
def server() -> Iterator[scratch.Server]:
    """One server for the whole session."""
    with scratch.running() as started:
        yield started


@pytest.fixture
def database(server: scratch.Server) -> Iterator[str]:
    """The connection string of a fresh, empty database."""
    name = f"test_{next(_numbers)}"
    yield scratch.create_database(server, name)
    with connect.scratch(server.dsn()) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with tests/golden/<name>, or rewrites that file under --update-golden."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: run pytest --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def client() -> Path:
    spec = importlib.util.find_spec("claude_agent_sdk")
    binary = Path(spec.origin).parent / "_bundled" / "claude" if spec and spec.origin else None
    if binary is None or not binary.is_file():
        pytest.skip("needs the Claude Code client: pip install 'pgwright[live]'")
    return binary
