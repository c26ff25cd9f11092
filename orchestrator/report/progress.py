"""What the run is doing, on standard error: a status line on a terminal, otherwise one line for each step."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from orchestrator.report import figures

if TYPE_CHECKING:
    from types import TracebackType

SILENCE_S = 30.0


class Progress:
    """Told of steps as they begin and end. A `with` block takes the status line away before anything else is printed.

    After `silence_s` seconds without an event it says what is being waited for, and again after as long.
    """

    def __init__(
        self,
        stream: IO[str] | None = None,
        *,
        silence_s: float = SILENCE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._silence_s = silence_s
        self._clock = clock
        self._lock = threading.RLock()
        self._step = ""
        self._begun = 0.0
        self._open_line = False
        self._live: Any = None
        self._event = threading.Event()
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, position: int, total: int, title: str) -> None:
        with self._lock:
            self._finish_line()
            self._step = f"[{position}/{total}] {figures.shortened(figures.printable(title))}"
            self._begun = self._clock()
            if self._interactive():
                self._start_status()
            else:
                self._write(f"{self._step} ...")
                self._open_line = True
            self._watch()

    def end(self, seconds: float) -> None:
        """The step that began last is done."""
        with self._lock:
            took = figures.seconds(seconds)
            self._stop_status()
            self._write(f" {took}\n" if self._open_line else f"{self._step} ... {took}\n")
            self._open_line = False
            self._step = ""
            self._event.set()

    def say(self, text: str) -> None:
        """A line of its own, above the status line."""
        with self._lock:
            self._line(figures.printable(text))
            self._event.set()

    def close(self) -> None:
        """Takes the status line away and ends the line of an unfinished step."""
        self._closed.set()
        self._event.set()
        with self._lock:
            self._stop_status()
            self._finish_line()
            self._step = ""

    def _line(self, text: str) -> None:
        self._finish_line()
        if self._live:
            from rich.text import Text

            self._live.console.print(Text(text))
        else:
            self._write(f"{text}\n")

    def _finish_line(self) -> None:
        if self._open_line:
            self._write("\n")
            self._open_line = False

    def _write(self, text: str) -> None:
        # Whoever read this may be gone; the work goes on all the same.
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()

    def _interactive(self) -> bool:
        """True where a status line can be drawn and taken away again: a terminal that is not said to be dumb."""
        if not self._stream.isatty():
            return False
        from rich.console import Console

        return Console(file=self._stream).is_interactive

    def _start_status(self) -> None:
        from rich import progress
        from rich.console import Console
        from rich.text import Text

        self._stop_status()
        columns = (
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}", markup=False),
            progress.TimeElapsedColumn(),
        )
        console = Console(file=self._stream, highlight=False, markup=False, emoji=False)
        self._live = progress.Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._live.start()
        self._live.add_task(Text(self._step).plain, total=None)

    def _stop_status(self) -> None:
        if self._live:
            self._live.stop()
            self._live = None

    def _watch(self) -> None:
        self._event.set()
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._watch_silence, daemon=True)
            self._watcher.start()

    def _watch_silence(self) -> None:
        while not self._closed.is_set():
            if self._event.wait(self._silence_s):
                self._event.clear()
                continue
            with self._lock:
                if self._step and not self._closed.is_set():
                    self._line(f"still waiting for {self._step}, {figures.seconds(self._clock() - self._begun)} so far")
