"""What the run says on standard error while it works."""

from __future__ import annotations

import io
import os
import pty
import threading

import pytest

from orchestrator.report.progress import Progress


class Listening(io.StringIO):
    """A stream that can be waited on until it holds a text."""

    def __init__(self) -> None:
        super().__init__()
        self._written = threading.Condition()

    def write(self, text: str) -> int:
        with self._written:
            self._written.notify_all()
            return super().write(text)

    def heard(self, text: str, *, timeout_s: float = 20) -> bool:
        with self._written:
            return self._written.wait_for(lambda: text in self.getvalue(), timeout=timeout_s)


@pytest.fixture
def stream() -> Listening:
    return Listening()


def test_each_step_is_one_line(stream):
    with Progress(stream) as progress:
        progress.begin(3, 10, "measure the queries as they are, exactly")
        progress.end(6.2)
        progress.begin(4, 10, "build every candidate index")
        progress.end(14.837)
    assert stream.getvalue() == (
        "[3/10] measure the queries as they are, exactly ... 6.2 s\n[4/10] build every candidate index ... 14.8 s\n"
    )


def test_what_is_said_during_a_step_has_a_line_of_its_own(stream):
    with Progress(stream) as progress:
        progress.begin(1, 2, "load")
        progress.say("30,000 rows")
        progress.end(2.0)
    assert stream.getvalue() == "[1/2] load ...\n30,000 rows\n[1/2] load ... 2.0 s\n"


def test_a_step_that_fails_leaves_the_line_to_the_error(stream):
    def load() -> None:
        with Progress(stream) as progress:
            progress.begin(1, 2, "load")
            raise LookupError

    with pytest.raises(LookupError):
        load()
    assert stream.getvalue() == "[1/2] load ...\n"


def test_after_a_silence_it_says_what_is_being_waited_for(stream):
    now = iter(range(0, 10_000, 31))
    with Progress(stream, silence_s=0.01, clock=lambda: float(next(now))) as progress:
        progress.begin(5, 10, "try candidates")
        assert stream.heard("\nstill waiting for [5/10] try candidates, 31.0 s so far\n")
        assert stream.heard("62.0 s so far\n"), "and again after as long"
        progress.end(70.0)
    assert stream.getvalue().endswith("[5/10] try candidates ... 70.0 s\n")


def test_nothing_is_waited_for_between_steps(stream):
    with Progress(stream, silence_s=0.01) as progress:
        progress.begin(1, 1, "load")
        progress.end(0.2)
        assert not stream.heard("waiting", timeout_s=0.1)
    assert stream.getvalue() == "[1/1] load ... 0.2 s\n"


def test_titles_and_messages_cannot_steer_the_terminal(stream):
    with Progress(stream) as progress:
        progress.begin(1, 1, "load \x1b[2J")
        progress.say("\x1b]0;x\x07")
        progress.end(1.0)
    assert "\x1b" not in stream.getvalue()


def test_nothing_goes_to_standard_output(capsys):
    with Progress() as progress:
        progress.begin(1, 1, "load")
        progress.say("so")
        progress.end(1.0)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "[1/1] load ...\nso\n[1/1] load ... 1.0 s\n"


def test_a_terminal_gets_a_status_line_that_is_gone_at_the_end(monkeypatch, capsys):
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    shown: list[bytes] = []
    reader, writer = pty.openpty()
    listener = threading.Thread(target=drain, args=(reader, shown))
    listener.start()
    with os.fdopen(writer, "w") as terminal, Progress(terminal) as progress:
        progress.begin(1, 2, "measure [bold]it[/bold]")
        progress.say("half way")
        progress.end(6.2)
    listener.join(timeout=20)
    text = b"".join(shown).decode()
    assert "\x1b[?25l" in text, "the cursor is hidden while the spinner turns"
    assert text.rindex("\x1b[?25h") < text.index("[1/2] measure [bold]it[/bold] ... 6.2 s")
    assert "half way" in text
    assert capsys.readouterr().out == ""


def drain(reader: int, shown: list[bytes]) -> None:
    """Reads until the other end is closed, which Linux reports as an error and macOS as the end of the file."""
    try:
        while found := os.read(reader, 4096):
            shown.append(found)
    except OSError:
        pass
    os.close(reader)
