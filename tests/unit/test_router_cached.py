"""The kept lexicon: it answers as a new one does, and whatever happens to its file, the answer is the same."""

from __future__ import annotations

import json
import threading

import pytest

from orchestrator.plugin import paths
from orchestrator.router import cached, image
from orchestrator.router.answer import router

AGENT = "---\nname: gardener\ndescription: Prunes roses and plans beds.\n---\n"
AGENTS = (paths.root() / "agents",)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ORCHESTRATE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def made(monkeypatch):
    """The number of times that an image was made."""
    calls = []
    original = image.of_files
    monkeypatch.setattr(image, "of_files", lambda found: calls.append(1) or original(found))
    return calls


def kept(folder):
    return sorted(folder.glob("router-*.json"))


def as_read(value):
    return json.loads(json.dumps(value))


def test_a_kept_image_is_the_image_that_was_made(folder, made):
    first = cached.image(AGENTS)
    second = cached.image(AGENTS)
    assert len(made) == 1
    assert second == as_read(first)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-100]),
        lambda file: file.write_bytes(file.read_bytes().replace(b"pgvector", b"pgvectop", 1)),
        lambda file: file.write_bytes(b"\xff\x00" * 50),
        lambda file: file.chmod(0o666),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["empty", "torn", "changed", "rubbish", "writable by others", "a folder"],
)
def test_a_spoilt_image_is_made_anew(folder, made, spoil):
    whole = as_read(cached.image(AGENTS))
    spoil(kept(folder)[0])
    assert as_read(cached.image(AGENTS)) == whole
    assert len(made) == 2


def test_a_changed_agent_file_is_seen(tmp_path, made):
    agents = tmp_path / "agents"
    agents.mkdir()
    (agents / "gardener.md").write_text(AGENT)
    cached.image((agents,))
    (agents / "gardener.md").write_text(AGENT.replace("roses", "tulips"))
    assert "tulip" in cached.image((agents,))["terms"]
    assert len(made) == 2


def test_without_a_folder_to_write_to_the_answer_is_the_same(monkeypatch, tmp_path, made):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ORCHESTRATE_CACHE", str(tmp_path / "file" / "below"))
    assert as_read(cached.image(AGENTS)) == as_read(cached.image(AGENTS))
    assert len(made) == 2


def test_it_can_be_turned_off(monkeypatch, folder, made):
    monkeypatch.setenv("ORCHESTRATE_CACHE", "off")
    cached.image(AGENTS)
    cached.image(AGENTS)
    assert len(made) == 2
    assert not folder.exists()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"ORCHESTRATE_CACHE": "/a"}, "/a"),
        ({"CLAUDE_PLUGIN_DATA": "/b", "HOME": "/h"}, "/b/cache"),
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/pgwright"),
        ({"HOME": "/h"}, "/h/.cache/pgwright"),
        ({"XDG_CACHE_HOME": "relative"}, None),
        ({}, None),
    ],
)
def test_the_folder_is_where_the_environment_says(monkeypatch, environment, expected):
    for name in ("ORCHESTRATE_CACHE", "CLAUDE_PLUGIN_DATA", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = cached.folder()
    assert (str(found) if found else None) == expected


def test_only_the_newest_images_are_kept(tmp_path, folder):
    for number in range(cached.KEPT + 3):
        agents = tmp_path / f"agents-{number}"
        agents.mkdir()
        (agents / "gardener.md").write_text(AGENT)
        cached.image((agents,))
    assert len(kept(folder)) == cached.KEPT


def test_writers_at_the_same_time_leave_one_whole_image(folder):
    threads = [threading.Thread(target=cached.image, args=(AGENTS,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    digest, _, content = kept(folder)[0].read_bytes().partition(b"\n")
    assert len(kept(folder)) == 1
    assert len(digest) == 64
    assert json.loads(content)["sha256"] == router().lexicon.sha256
    assert [path.name for path in folder.iterdir()] == [kept(folder)[0].name]
