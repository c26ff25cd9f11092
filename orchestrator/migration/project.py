"""Where a project keeps its Alembic revisions, and what the newest one is."""

from __future__ import annotations

import configparser
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.migration import scripts
from orchestrator.model.errors import UsageError

SKIPPED = frozenset({"node_modules", "venv", "__pycache__", "dist", "build", "site-packages"})


@dataclass(frozen=True, kw_only=True)
class AlembicProject:
    folder: Path  # holds the configuration
    ini: Path  # alembic.ini, or the pyproject.toml that stands in for it
    script_location: Path
    version_locations: tuple[Path, ...]
    recursive: bool
    file_template: str
    truncate_slug_length: int
    timezone: str | None
    prepend_sys_path: tuple[str, ...]
    heads: tuple[str, ...]
    revisions: dict[str, Path]

    @property
    def head(self) -> str | None:
        return self.heads[0] if self.heads else None

    def revision(self, revision_id: str | None) -> scripts.RevisionFile | None:
        return scripts.read(self.revisions[revision_id]) if revision_id in self.revisions else None


@dataclass(frozen=True, kw_only=True)
class _Files:
    ini: Path | None
    toml: Path | None


def find(project: Path) -> AlembicProject | None:
    """The Alembic environment of `project`: its own folder, then backend/, then any folder one level down.

    Nothing of the project is executed. Raises UsageError when the configuration is broken, when several folders one
    level down have one, or when the revisions do not end in one head.
    """
    for folder in (project, project / "backend"):
        if _files_in(folder):
            return load(folder)
    below = [folder for folder in _one_level_down(project) if _files_in(folder)]
    if len(below) > 1:
        names = ", ".join(folder.name for folder in below)
        hint = "Name one of these folders as the project."
        raise UsageError(f"{len(below)} Alembic environments found: {names}", hint=hint)
    return load(below[0]) if below else None


def _one_level_down(project: Path) -> list[Path]:
    folders = [path for path in project.iterdir() if path.is_dir()] if project.is_dir() else []
    return sorted(path for path in folders if not path.name.startswith(".") and path.name not in SKIPPED)


def _files_in(folder: Path) -> _Files | None:
    ini, toml = folder / "alembic.ini", folder / "pyproject.toml"
    files = _Files(ini=ini if ini.is_file() else None, toml=toml if _has_section(toml) else None)
    return files if files.ini or files.toml else None


def _has_section(toml: Path) -> bool:
    import tomllib

    if not toml.is_file():
        return False
    try:
        return "alembic" in tomllib.loads(toml.read_text(encoding="utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {toml}: {error}") from error


def load(folder: Path) -> AlembicProject:
    """The Alembic environment whose configuration is in `folder`. Raises UsageError as `find` does."""
    from alembic.util import CommandError

    files = _files_in(folder)
    if files is None:
        hint = "It needs an alembic.ini, or [tool.alembic] in pyproject.toml."
        raise UsageError(f"no Alembic configuration in {folder}", hint=hint)
    ini = files.ini or files.toml or folder
    try:
        config = config_of(folder)
        script = script_directory(config)
        project = _described(folder, ini, config, script)
    except (CommandError, configparser.Error, KeyError, ValueError, TypeError) as error:
        hint = "Check script_location and the other options of its [alembic] section."
        raise UsageError(f"cannot read the Alembic configuration {ini}: {_one_line(error)}", hint=hint) from error
    if len(project.heads) > 1:
        hint = f"Merge them first: alembic merge -m 'merge heads' {' '.join(project.heads)}"
        heads = ", ".join(project.heads)
        raise UsageError(f"{ini} has {len(project.heads)} heads, one is needed: {heads}", hint=hint)
    return project


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def config_of(folder: Path) -> Any:
    """Alembic's own Config for the configuration in `folder`."""
    from alembic.config import Config

    files = _files_in(folder) or _Files(ini=None, toml=None)
    config = Config(str(files.ini) if files.ini else None, toml_file=str(files.toml) if files.toml else None)
    if files.ini and not config.file_config.has_section("alembic") and not files.toml:
        raise ValueError("it has no [alembic] section")
    _anchor(config, folder)
    return config


def _anchor(config: Any, folder: Path) -> None:
    """Makes a relative location one of `folder`: Alembic takes it from the current folder, which is not ours to set."""
    location = config.get_main_option("script_location")
    if location and ":" not in location and not Path(location).is_absolute():
        config.set_main_option("script_location", str(folder / location).replace("%", "%%"))


def script_directory(config: Any) -> Any:
    """Alembic's ScriptDirectory for `config`; unlike Alembic's own call it leaves sys.path as it was."""
    from alembic.script import ScriptDirectory

    before = list(sys.path)
    try:
        return ScriptDirectory.from_config(config)
    finally:
        sys.path[:] = before


def locations(folder: Path) -> tuple[tuple[Path, ...], bool]:
    """The folders that hold the revisions, and whether their subfolders do too; the revisions are not read."""
    script = script_directory(config_of(folder))
    return _locations(script, folder), bool(script.recursive_version_locations)


def _locations(script: Any, folder: Path) -> tuple[Path, ...]:
    return tuple((folder / path).absolute() for path in script.version_locations or (Path(script.dir) / "versions",))


def _described(folder: Path, ini: Path, config: Any, script: Any) -> AlembicProject:
    folders = _locations(script, folder)
    scripts.graph(script, folders, recursive=script.recursive_version_locations)
    with _graph_errors(ini):
        history = list(script.revision_map.iterate_revisions("heads", "base"))
        return AlembicProject(
            folder=folder,
            ini=ini,
            script_location=Path(script.dir).absolute(),
            version_locations=folders,
            recursive=bool(script.recursive_version_locations),
            file_template=str(script.file_template),
            truncate_slug_length=int(script.truncate_slug_length),
            timezone=script.timezone,
            prepend_sys_path=tuple(config.get_prepend_sys_paths_list() or ()),
            heads=tuple(script.revision_map.heads),
            revisions={item.revision: Path(item.path) for item in history},
        )


@contextmanager
def _graph_errors(ini: Path) -> Iterator[None]:
    """One clear error where Alembic warns and goes on, or fails with a bare KeyError: a missing parent, an id twice."""
    from alembic.script.revision import RevisionError

    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            yield
        except (RevisionError, UserWarning) as error:
            hint = "Run alembic history in that folder: it stops at the same place."
            raise UsageError(f"the revisions of {ini} are not one history: {_one_line(error)}", hint=hint) from error
