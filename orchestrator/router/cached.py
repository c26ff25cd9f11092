"""Images of the lexicon kept between processes: compiling one takes longer than answering a hundred tasks.

A kept image is found under a hash of everything that it was made from: the data files, the agent files, this code and
the Python that runs it. It is only a saving: an image that is absent, torn, or not ours is made anew, and a folder that
cannot be written is left alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.router import candidates, lexicon, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENVIRONMENT = "ORCHESTRATE_CACHE"  # a folder, or off
KEPT = 8
PREFIX = "router-"


def image(folders: Sequence[Path]) -> dict[str, Any]:
    """The image of the lexicon with the agents below `folders`."""
    paths = candidates.files(folders)
    place = folder()
    if place is None:
        return _made(paths)
    file = place / f"{PREFIX}{_key(paths)}.json"
    found = _read(file)
    if found is None:
        found = _made(paths)
        with suppress(OSError):
            _write(file, found)
    return found


def _made(paths: Sequence[Path]) -> dict[str, Any]:
    """The image, made without looking for garbage: nearly all of it stays, and the search is a fifth of the time."""
    import gc

    from orchestrator.router import image

    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return image.of_files(paths)
    finally:
        if was_enabled:
            gc.enable()


def folder() -> Path | None:
    chosen = os.environ.get(ENVIRONMENT, "")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    if data := os.environ.get("CLAUDE_PLUGIN_DATA", ""):
        return Path(data) / "cache"
    home = os.environ.get("HOME", "")
    caches = os.environ.get("XDG_CACHE_HOME", "") or (f"{home}/.cache" if home else "")
    return Path(caches) / "pgwright" if caches.startswith("/") else None


def _key(paths: Sequence[Path]) -> str:
    """A hash of what an image is made from. Our own code counts by size and time, since an installation changes it."""
    digest = hashlib.sha256(sys.version.encode())
    for part in _code():
        digest.update(part)
    for path in (*lexicon.data_files(), words.FILE, *paths):
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        digest.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _code() -> Iterator[bytes]:
    from importlib.util import find_spec

    stemmer = find_spec("snowballstemmer")
    plugin = lexicon.HERE.parent / "plugin"
    sources = [*sorted(lexicon.HERE.glob("*.py")), *sorted(plugin.glob("*.py"))]
    sources += [Path(stemmer.origin)] if stemmer and stemmer.origin else []
    for path in sources:
        at = path.stat()
        yield f"{path}\0{at.st_size}\0{at.st_mtime_ns}\0".encode("utf-8", "surrogateescape")


def _read(file: Path) -> dict[str, Any] | None:
    """The image in `file`, if it is whole and nobody else can have written it."""
    try:
        with file.open("rb") as stream:
            at = os.fstat(stream.fileno())
            if at.st_uid != os.geteuid() or at.st_mode & 0o022:
                return None
            digest, content = stream.readline().strip(), stream.read()
    except OSError:
        return None
    if digest != hashlib.sha256(content).hexdigest().encode():
        return None
    loaded: dict[str, Any] = json.loads(content)
    return loaded


def _write(file: Path, found: dict[str, Any]) -> None:
    """Puts the image in place in one step, so that a reader never sees half of it, and clears the oldest away."""
    import tempfile

    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    handle, fresh = tempfile.mkstemp(prefix=f".{PREFIX}", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        Path(fresh).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(fresh).unlink()
        raise
    kept = sorted(file.parent.glob(f"{PREFIX}*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in kept[KEPT:]:
        old.unlink(missing_ok=True)
