"""The text of one file, read with a limit, and why a file that holds no text of ours cannot be read."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from orchestrator.plugin.place import Place
from orchestrator.plugin.problems import DefinitionError, Problem

MAX_BYTES = 1_000_000
MARK = "\ufeff"
Newline = Literal["\n", "\r\n", "\r"]
_LINE_END = re.compile("\r\n|\r|\n")
# Longer marks first: that of UTF-32 starts with that of UTF-16.
_OTHER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_START, _NOWHERE = Place(line=1, column=1), Place(line=0, column=0)
_SAVE = "Save the file as UTF-8, for instance with `iconv -f FROM -t UTF-8`."


@dataclass(frozen=True, kw_only=True)
class Source:
    r"""`text` has no byte order mark and ends its lines with \n alone; `raw` is the text as it stands in the file.

    `newline` is the line end that most lines of the file have. `sha256` is that of `text`: line ends and the mark do
    not change it.
    """

    path: Path
    shown: str
    text: str
    raw: str
    bom: bool
    newline: Newline
    sha256: str


def read(path: Path, shown: str = "") -> Source:
    """The text of `path`, which messages call `shown`. At most MAX_BYTES are read. Raises DefinitionError."""
    name = shown or str(path)
    return _of_bytes(_bytes(path, name), path, name)


def of_text(text: str, shown: str) -> Source:
    """The same for a text that is in no file yet. Raises DefinitionError where no file could hold it."""
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        message = "the text holds half of a surrogate pair"
        _refuse(shown, "not-utf-8", message, _SAVE, _behind(text[: error.start]))
    return _of_bytes(content, Path(shown), shown)


def _bytes(path: Path, name: str) -> bytes:
    try:
        # Opening a pipe would wait for whoever writes to it.
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a directory" if path.is_dir() else "no regular file"
            _refuse(name, "unreadable", f"it is {what}", "Name a file.", _NOWHERE)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        _refuse(name, "unreadable", f"the file cannot be read: {why}", "Check its name and its permissions.", _NOWHERE)
    if len(content) > MAX_BYTES:
        message = f"{max(size, len(content)):,} bytes, at most {MAX_BYTES:,} are read"
        _refuse(name, "file-too-large", message, "Move long parts into files that the text refers to.")
    return content


def _of_bytes(content: bytes, path: Path, name: str) -> Source:
    _refuse_other_encodings(content, name)
    try:
        raw = content.decode()
    except UnicodeDecodeError as error:
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        _refuse(name, "not-utf-8", message, _SAVE, _behind(content[: error.start].decode()))
    whole = raw.removeprefix(MARK)
    if not whole.strip():
        _refuse(name, "empty-file", "the file is empty", "Write a YAML header and a text, or delete the file.")
    text = _LINE_END.sub("\n", whole)
    return Source(
        path=path,
        shown=name,
        text=text,
        raw=raw,
        bom=raw.startswith(MARK),
        newline=_newline(whole),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _refuse_other_encodings(content: bytes, name: str) -> None:
    for mark, encoding in _OTHER_MARKS:
        if content.startswith(mark):
            _refuse(name, "not-utf-8", f"the file is {encoding}, UTF-8 is read", _SAVE)
    at = content.find(b"\0")
    if at < 0:
        return
    # Text of one-byte characters in two-byte form has a zero in every other byte.
    half = min(len(content) // 2, 100)
    for first in (0, 1):
        if half and content[first : 2 * half : 2].count(0) > half * 0.8:
            _refuse(name, "not-utf-8", "the file is UTF-16, UTF-8 is read", _SAVE)
    message = "the file holds a NUL byte: it is binary, not text"
    _refuse(
        name, "binary-file", message, "Write the definition as text.", _behind(content[:at].decode(errors="replace"))
    )


def _newline(text: str) -> Newline:
    windows = text.count("\r\n")
    unix = text.count("\n") - windows
    old = text.count("\r") - windows
    if windows > unix and windows >= old:
        return "\r\n"
    return "\r" if old > unix else "\n"


def _behind(before: str) -> Place:
    """The place of what follows `before`."""
    lines = _LINE_END.split(before.removeprefix(MARK))
    return Place(line=len(lines), column=len(lines[-1]) + 1)


def _refuse(name: str, code: str, message: str, fix: str, place: Place = _START) -> NoReturn:
    raise DefinitionError([Problem(code=code, message=message, fix=fix).at(name, place.line, place.column)])
