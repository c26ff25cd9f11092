"""An Alembic revision that builds indexes without blocking anyone, written in the project's style."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from orchestrator.migration import project as projects
from orchestrator.migration import pystyle, sqltext
from orchestrator.migration.project import AlembicProject
from orchestrator.model.errors import CouldNotFindOut, UsageError

TEMPLATES = Path(__file__).parent / "templates"
DURATION = re.compile(r"\d+ ?(?:us|ms|s|min|h|d)?")
MEMORY = re.compile(r"\d+ ?(?:kB|MB|GB|TB)?")
REVISION_ID = re.compile(r"[A-Za-z0-9_]{1,32}")  # alembic_version.version_num is varchar(32)
ADVICE = (
    "The indexes are built with CONCURRENTLY: reads and writes go on. A session that keeps a transaction open for "
    "longer than lock_timeout stops the build and leaves an INVALID index; run the upgrade again, it drops that first."
)


@dataclass(frozen=True, kw_only=True)
class NewIndex:
    name: str  # as the catalogue holds it, without quotes
    table: str  # as SQL writes it: documents, app."Documents"
    method: str
    definition: str  # what follows USING: "hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64)"
    reason: str
    where: str = ""
    unique: bool = False

    @property
    def qualified(self) -> str:
        """The index as SQL names it; it lives in the schema of its table."""
        return sqltext.schema_of(self.table) + sqltext.identifier(self.name)

    @property
    def create(self) -> str:
        """The statement that builds it. Raises UsageError when a part is more than that part of a statement."""
        definition = sqltext.fragment(self.definition, what="an index definition")
        if definition.partition("(")[0].strip().lower() != self.method.lower():
            raise UsageError(f"the definition of {self.name} must start with its method {self.method}: {definition!r}")
        kind = "CREATE UNIQUE INDEX" if self.unique else "CREATE INDEX"
        where = f" WHERE ({sqltext.fragment(self.where, what='an index predicate')})" if self.where else ""
        name, table = sqltext.identifier(self.name), sqltext.relation(self.table)
        return f"{kind} CONCURRENTLY {name} ON {table} USING {definition}{where}"


@dataclass(frozen=True, kw_only=True)
class RevisionSpec:
    message: str
    indexes: tuple[NewIndex, ...]
    lock_timeout: str = "5s"
    maintenance_work_mem: str | None = None
    parallel_workers: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WrittenRevision:
    path: Path
    revision: str
    down_revision: str | None
    script_location: Path
    ini: Path


def write(
    spec: RevisionSpec, *, project: AlembicProject | None, fallback: Path, revision_id: str, created_at: datetime
) -> WrittenRevision:
    """The revision file, in `project` or else in a new Alembic environment at `fallback`.

    Writing the same revision again gives the same file; another file is never overwritten. Raises UsageError when the
    specification cannot be written or a different file is in the way, CouldNotFindOut when the folder takes no files.
    """
    if not REVISION_ID.fullmatch(revision_id):
        raise UsageError(f"a revision id has 1 to 32 letters, digits and underscores, got {revision_id!r}")
    text_of = _render(spec)  # before anything is created: a refused specification leaves no folder behind
    home = projects.load(project.folder) if project else environment(fallback, version_table=revision_id)
    existing = home.revision(revision_id)
    down = existing.identifiers.get("down_revision") if existing else home.head
    created = created_at.astimezone(ZoneInfo(home.timezone)) if home.timezone else created_at
    style = pystyle.of(home.revision(down))
    path = existing.path if existing else _path(home, down, revision_id, spec.message, created)
    _create(path, text_of(style, revision_id, down, created))
    return WrittenRevision(
        path=path, revision=revision_id, down_revision=down, script_location=home.script_location, ini=home.ini
    )


def _path(home: AlembicProject, down: str | None, revision_id: str, message: str, created_at: datetime) -> Path:
    """The file that `alembic revision` would create, beside the revision it follows."""
    folder = home.version_locations[0]
    if down and len(home.version_locations) > 1:
        folder = home.revisions[down].parent
    script = projects.script_directory(projects.config_of(home.folder))
    return Path(script._rev_path(folder, revision_id, message, created_at))


def _settings(spec: RevisionSpec) -> list[tuple[str, str]]:
    if not DURATION.fullmatch(spec.lock_timeout):
        raise UsageError(f"lock_timeout is a number with an optional unit (5s, 500ms), got {spec.lock_timeout!r}")
    if spec.maintenance_work_mem is not None and not MEMORY.fullmatch(spec.maintenance_work_mem):
        raise UsageError(f"maintenance_work_mem is a number with a unit (256MB), got {spec.maintenance_work_mem!r}")
    # A statement_timeout that the session brings along would stop the build and leave an INVALID index.
    settings = [("lock_timeout", f"'{spec.lock_timeout}'"), ("statement_timeout", "0")]
    if spec.maintenance_work_mem is not None:
        settings.append(("maintenance_work_mem", f"'{spec.maintenance_work_mem}'"))
    if spec.parallel_workers is not None:
        settings.append(("max_parallel_maintenance_workers", str(int(spec.parallel_workers))))
    return settings


def _render(spec: RevisionSpec) -> Any:
    """A function from style, ids and date to the file's text. Raises UsageError for a specification that is unsafe."""
    if not spec.indexes:
        raise UsageError("a revision needs at least one index")
    settings = _settings(spec)
    statements = [{"qualified": index.qualified, "create": index.create} for index in spec.indexes]
    notes = ["Evidence:", *(f"- {note}" for note in spec.notes)] if spec.notes else []
    reasons = [index.reason for index in spec.indexes]

    def text(style: pystyle.Style, revision_id: str, down: str | None, created_at: datetime) -> str:
        def call(function: str, value: str, indent: int) -> str:
            return sqltext.call(function, value, indent=indent, quote=style.quote)

        def execute(sql: str, indent: int = 8) -> str:
            return call("op.execute", sqltext.for_op_execute(sql), indent)

        def literal(value: str | None) -> str:
            return "None" if value is None else sqltext.literal(value, quote=style.quote)

        return render(
            "revision.py.jinja",
            filters={"literal": literal},
            documentation=sqltext.docstring([spec.message, *reasons, *notes, ADVICE]),
            identifiers=_identifiers(literal, revision_id, down),
            revision=revision_id,
            down_revision=down,
            created_at=created_at,
            style=style,
            indexes=statements,
            build_settings=settings,
            drop_settings=settings[:2],
            call=call,
            execute=execute,
        )

    return text


def _identifiers(literal: Any, revision_id: str, down: str | None) -> Sequence[tuple[str, str]]:
    ids = (("revision", literal(revision_id)), ("down_revision", literal(down)))
    return (*ids, ("branch_labels", "None"), ("depends_on", "None"))


def render(template: str, *, filters: dict[str, Any], **values: Any) -> str:
    import jinja2

    loader = jinja2.FileSystemLoader(TEMPLATES)
    # The output is Python and ini text, where HTML escapes would be wrong; every value is quoted by its filter.
    environment = jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters.update(filters)
    return environment.get_template(template).render(values)


def environment(folder: Path, *, version_table: str) -> AlembicProject:
    """A complete Alembic environment in `folder`: created if it is not there, left alone if it is."""
    filters = {"literal": sqltext.literal}
    if not (folder / "alembic.ini").exists():
        _create(folder / "env.py", render("env.py.jinja", filters=filters, version_table=f"alembic_{version_table}"))
        _create(folder / "script.py.mako", (TEMPLATES / "script.py.mako.jinja").read_text(encoding="utf-8"))
        _create(folder / "alembic.ini", (TEMPLATES / "alembic.ini.jinja").read_text(encoding="utf-8"))
    return projects.load(folder)


def _create(path: Path, text: str) -> None:
    """`path` with `text`, whole or not at all. Raises UsageError when a file with another text is there."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(text, encoding="utf-8")
            is_ours = _link(part, path) or path.read_text(encoding="utf-8") == text
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CouldNotFindOut(f"cannot write {path}: {error.strerror or error}") from error
    if not is_ours:
        hint = "Move it away, or give the revision another id or message."
        raise UsageError(f"{path} is there with another text and is not overwritten", hint=hint)


def _link(part: Path, path: Path) -> bool:
    """Give the file its name; false, where a rename would overwrite, when the name is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    return True
