"""Finding the Alembic environment of a project, without running any of its code."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.migration import project
from orchestrator.model.errors import UsageError

REVISION = "revision = {0!r}\ndown_revision = {1!r}\n\n\ndef upgrade():\n    pass\n"


def environment(folder: Path, *, options: str = "", revisions: tuple[tuple[str, object], ...] = ()) -> Path:
    (folder / "migrations" / "versions").mkdir(parents=True)
    (folder / "alembic.ini").write_text(f"[alembic]\nscript_location = %(here)s/migrations\n{options}")
    (folder / "migrations" / "env.py").write_text("raise SystemExit('env.py must not run')")
    for name, parent in revisions:
        (folder / "migrations" / "versions" / f"{name}.py").write_text(REVISION.format(name, parent))
    return folder


@pytest.mark.parametrize("place", [".", "backend", "services"])
def test_an_environment_is_found_at_the_top_in_backend_or_one_level_down(tmp_path, place):
    environment(tmp_path / place)
    found = project.find(tmp_path)
    assert found is not None
    assert found.script_location == (tmp_path / place / "migrations").absolute()
    assert found.head is None


def test_a_folder_without_alembic_has_no_environment(tmp_path):
    (tmp_path / "node_modules").mkdir()
    environment(tmp_path / "node_modules" / "pkg")
    assert project.find(tmp_path) is None
    assert project.find(tmp_path / "missing") is None


def test_pyproject_toml_alone_configures_an_environment(tmp_path):
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.alembic]\nscript_location = '%(here)s/migrations'\nfile_template = '%%(year)d_%%(slug)s'\n"
    )
    found = project.find(tmp_path)
    assert found is not None
    assert found.ini == tmp_path / "pyproject.toml"
    assert found.file_template == "%(year)d_%(slug)s"


def test_a_pyproject_toml_without_alembic_is_no_environment(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert project.find(tmp_path) is None


def test_options_of_the_environment_are_read(tmp_path):
    options = "timezone = Europe/Berlin\ntruncate_slug_length = 20\nfile_template = %%(epoch)d_%%(rev)s\n"
    environment(tmp_path, options=options)
    found = project.find(tmp_path)
    assert found is not None
    assert (found.timezone, found.truncate_slug_length) == ("Europe/Berlin", 20)
    assert found.file_template == "%(epoch)d_%(rev)s"


def test_the_head_is_the_revision_that_nothing_follows(tmp_path):
    environment(tmp_path, revisions=(("b", "a"), ("a", None), ("c", "b")))
    found = project.find(tmp_path)
    assert found is not None
    assert found.head == "c"


def test_revision_files_are_read_and_not_run(tmp_path):
    environment(tmp_path, revisions=(("a", None),))
    path = tmp_path / "migrations" / "versions" / "b.py"
    path.write_text("import not_installed_anywhere\nraise SystemExit\n" + REVISION.format("b", "a"))
    found = project.find(tmp_path)
    assert found is not None
    assert found.head == "b"


def test_the_import_path_of_this_process_stays_as_it_was(tmp_path):
    import sys

    before = list(sys.path)
    environment(tmp_path, options="prepend_sys_path = .\npath_separator = os\n")
    assert project.find(tmp_path) is not None
    assert sys.path == before


def refused(folder: Path) -> UsageError:
    with pytest.raises(UsageError) as caught:
        project.find(folder)
    return caught.value


def test_two_heads_are_refused_by_name(tmp_path):
    environment(tmp_path, revisions=(("a", None), ("left", "a"), ("right", "a")))
    error = refused(tmp_path)
    assert "2 heads" in error.message
    assert error.hint.endswith("left right")


def test_two_environments_one_level_down_are_refused_by_name(tmp_path):
    environment(tmp_path / "api")
    environment(tmp_path / "worker")
    assert refused(tmp_path).message == "2 Alembic environments found: api, worker"


@pytest.mark.parametrize(
    ("ini", "said"),
    [
        ("[alembic]\n", "script_location"),
        ("[alembic]\nscript_location = %(here)s/nowhere\n", "nowhere"),
        ("[alembic]\nscript_location = %(home)s/x\n", "home"),
        ("script_location = x\n", "no section headers"),
        ("[other]\nscript_location = x\n", "no [alembic] section"),
        ("[alembic]\nscript_location = %(here)s\ntruncate_slug_length = long\n", "long"),
    ],
)
def test_a_broken_configuration_is_one_clear_error(tmp_path, ini, said):
    (tmp_path / "alembic.ini").write_text(ini)
    error = refused(tmp_path)
    assert said in error.message
    assert "\n" not in error.message
    assert error.hint


def test_a_broken_pyproject_toml_is_named(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.alembic\n")
    assert "pyproject.toml" in refused(tmp_path).message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (REVISION.format("b", "missing"), "missing"),
        ("revision = 'a'\ndown_revision = None\n", "more than once"),
        ("revision = make_id()\n", "not literals"),
        ("revision = 'b\n", "unterminated"),
    ],
)
def test_revisions_that_are_no_history_are_one_clear_error(tmp_path, text, said):
    environment(tmp_path, revisions=(("a", None),))
    (tmp_path / "migrations" / "versions" / "b.py").write_text(text)
    assert said in refused(tmp_path).message
