"""Creating a file takes a name once, with or without hard links."""

from __future__ import annotations

import errno
import os

import pytest

from orchestrator.memory import files


@pytest.mark.parametrize("has_links", [True, False])
def test_a_name_is_taken_once_and_the_first_content_stays(tmp_path, monkeypatch, has_links):
    def refuse(*args, **kwargs):
        raise OSError(errno.EPERM, "no hard links here")

    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "D-0001-x.json"
    assert files.create(path, {"n": 1})
    assert not files.create(path, {"n": 2})
    assert files.read_object(path) == {"n": 1}
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
