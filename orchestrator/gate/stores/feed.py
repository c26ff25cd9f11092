"""How SQL reaches a client: as words, from files, from standard input."""

from __future__ import annotations

from orchestrator.gate.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from orchestrator.gate.call import Call

_INPUT = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


def content(call: Call, path: str) -> str | None:
    """Text of a file that the client executes; standard input where the path means it. None if it cannot be read."""
    if path in _INPUT:
        return call.stdin or ""
    return call.read(path)


def texts(call: Call, paths: Iterable[str]) -> list[str]:
    """Text of every readable file; the others are reported as SQL that cannot be read."""
    found = []
    for path in paths:
        text = content(call, path)
        if text is None:
            unread(call, path)
        else:
            found.append(text)
    return found


def unread(call: Call, path: str) -> None:
    call.effect("unread-sql", f"{call.name} runs {shown(path) if path else 'a file'}, which cannot be read")


def give(call: Call, dialect: str, words: Iterable[str], files: Iterable[str] = ()) -> None:
    """Judges the SQL in words and files; if there are none of either, standard input."""
    words, files = list(words), list(files)
    for text in words + texts(call, files):
        call.sql(text, dialect)
    if not words and not files and call.stdin:
        call.sql(call.stdin, dialect)
