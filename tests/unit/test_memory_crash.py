"""The store when the process is killed, the disk is full, the folder is read-only, or two sessions write at once."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from orchestrator.memory import files
from orchestrator.memory.decision import Draft
from orchestrator.memory.store import ContextStore, check_writable
from orchestrator.model.errors import CouldNotFindOut
from orchestrator.plugin.validation import validate

# Every step at which the store asks the kernel to change a file. A kill between two of them is a kill at one of them.
STEPS = ("open", "fsync", "replace", "link", "unlink", "rename", "chmod", "mkdir")
OLD = Draft(title="old", decision="old")
NEW = Draft(title="new", decision="new")
NOBODY = 65534


def in_a_child(action: Callable[[], object]) -> str:
    """What `action` returns or says in its error, in a process of its own; empty if that process was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = str(action())
        except CouldNotFindOut as error:
            said = f"{error.message}\n{error.hint}"
        except BaseException as error:
            said = f"unexpected {error!r}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


def die_at(step: int) -> None:
    """From here on the process is killed before its `step`-th call that changes a file."""
    left = step

    def counted(call):
        def instead(*args, **kwargs):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return instead

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))


def add_task(root: Path) -> str:
    ContextStore(root).update_state(lambda state: state.update(active_agent="new"))
    return "done"


def add_decision(root: Path) -> str:
    return ContextStore(root).record(NEW).id


def mend(root: Path) -> str:
    ContextStore(root).repair()
    return "done"


def everything_is_valid(root: Path) -> bool:
    store = ContextStore(root)
    found = [validate(json.loads(path.read_text()), "decision") for path in store.decision_files()]
    found.append(validate(store.read_state(), "state"))
    if store.active_path.exists():
        found.append(validate(json.loads(store.active_path.read_text()), "decisions-active"))
    return not any(found) and not store.notices


@pytest.mark.parametrize("began", ["fresh", "used"])
@pytest.mark.parametrize("action", [add_task, add_decision])
def test_a_kill_at_any_step_leaves_valid_files_and_the_next_attempt_succeeds(tmp_path, action, began):
    step, said = 0, ""
    while not said:
        step += 1
        root = tmp_path / str(step)
        if began == "used":
            ContextStore(root).record(OLD)
            ContextStore(root).update_state(lambda state: state.update(active_agent="old"))
        said = in_a_child(lambda root=root, step=step: (die_at(step), action(root))[1])
        assert everything_is_valid(root)
        if began == "used":
            assert ContextStore(root).read_state()["active_agent"] in {"old", "new"}
        action(root)
        if action is add_decision:
            assert [each.title for each in ContextStore(root).decisions()].count("new") == 1
        else:
            assert ContextStore(root).read_state()["active_agent"] == "new"
        assert everything_is_valid(root)
        assert not list(root.rglob("*.bad-*"))
    assert not said.startswith("unexpected")
    assert step > 5, "the walk must have met the steps of a write"


def test_a_kill_at_any_step_of_a_mend_loses_neither_the_bad_bytes_nor_the_older_decisions(tmp_path):
    step, said = 0, ""
    older = {"decisions": [{"summary": "use HNSW"}, {"summary": "keep UUID keys"}]}
    while not said:
        step += 1
        store = ContextStore(tmp_path / str(step))
        store.update_state(lambda state: state.update(active_agent="old"))
        store.state_path.write_text("{ torn")
        store.active_path.write_text(json.dumps(older))
        said = in_a_child(lambda root=store.root, step=step: (die_at(step), mend(root))[1])
        mend(store.root)
        assert [each.decision for each in store.decisions()] == ["use HNSW", "keep UUID keys"]
        assert "{ torn" in [path.read_text() for path in store.root.rglob("state.json.bad-*")]
        assert older in [json.loads(path.read_text()) for path in store.root.rglob("active.json.bad-*")]
        assert everything_is_valid(store.root)
    assert said == "done"
    assert step > 10, "the walk must have met the steps of a mend"


SESSION = """
import sys
from pathlib import Path
from orchestrator.memory import state
from orchestrator.memory.decision import Draft
from orchestrator.memory.store import ContextStore

store, name, first = ContextStore(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
for n in range(first, 70):
    what = f"{name}-{n}"
    if n % 7 < 5:
        done = dict(task=what, agent=name, run_id=what, at="2026-01-31")
        store.update_state(lambda now: state.add_completed(now, **done) and None)
    else:
        store.record(Draft(title=what, decision=what, agent=name))
    print(n, flush=True)
"""


def run_session_with_kills(root: Path, name: str, seed: int) -> None:
    """Does all the session's work, starting again after each kill with what was not confirmed."""
    rng = random.Random(seed)
    done = -1
    while done < 69:
        command = [sys.executable, "-c", SESSION, str(root), name, str(done + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as session:
            for _ in range(rng.randint(3, 20)):
                line = session.stdout.readline()
                done = int(line) if line else done
            session.kill()
            confirmed = [int(line) for line in session.stdout.read().split("\n")[:-1]]
            done = max([done, *confirmed])


def test_two_sessions_killed_at_random_lose_nothing_that_was_confirmed(tmp_path):
    sessions = [threading.Thread(target=run_session_with_kills, args=(tmp_path, f"s{n}", n)) for n in (1, 2)]
    for each in sessions:
        each.start()
    for each in sessions:
        each.join()
    numbers = range(70)
    expected = {f"{name}-{n}" for name in ("s1", "s2") for n in numbers}
    store = ContextStore(tmp_path)
    tasks = [each["task"] for each in store.read_state()["tasks_completed"]]
    decisions = store.decisions()
    assert len(tasks) == 100
    assert len(decisions) == len({each.id for each in decisions}) == 40
    assert {*tasks, *(each.title for each in decisions)} == expected
    assert everything_is_valid(tmp_path)
    assert not list(tmp_path.rglob("*.bad-*"))


def test_threads_of_one_process_wait_for_each_other(tmp_path):
    def count():
        for _ in range(10):
            ContextStore(tmp_path).update_state(lambda state: state["runs"].append(run_named(len(state["runs"]))))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each["run_id"] for each in ContextStore(tmp_path).read_state()["runs"]] == [f"r-{n}" for n in range(40)]


def run_named(number: int) -> dict[str, object]:
    absent = dict.fromkeys(("agent", "agent_version", "agent_sha256", "engine", "started_at", "finished_at", "path"))
    return {"run_id": f"r-{number}", "task": "", "status": "started", **absent}


def test_a_lock_that_is_not_given_back_ends_in_an_error_that_names_the_holder(tmp_path):
    store = ContextStore(tmp_path, lock_deadline_s=0.05)
    with files.locked(tmp_path / ".lock"), pytest.raises(CouldNotFindOut, match=f"process {os.getpid()} has held it"):
        store.record(NEW)


def test_a_lock_file_that_somebody_removed_is_made_anew(tmp_path):
    store = ContextStore(tmp_path)
    store.record(OLD)
    (tmp_path / ".lock").unlink()
    store.record(NEW)
    assert len(store.decisions()) == 2


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """True if `folder` is now a file system of 64 KiB of its own. Not every container lets root mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> None:
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(b"\0" * 4096)


def forbid_growth() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


@pytest.mark.parametrize("action", [add_task, add_decision])
@pytest.mark.parametrize("kind", ["file system", "file size"])
def test_a_full_disk_is_one_clear_error_and_the_old_files_are_untouched(tmp_path, action, kind):
    with small_disk(tmp_path) as mounted:
        root = tmp_path / "context"
        ContextStore(root).record(OLD)
        ContextStore(root).update_state(lambda state: state.update(active_agent="old"))
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        if mounted and kind == "file system":
            fill(tmp_path)
            said = in_a_child(lambda: action(root))
        else:
            said = in_a_child(lambda: (forbid_growth(), action(root)))
        after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        assert said.startswith(f"cannot write {root}")
        assert "Free some space" in said
        assert "--project" in said
        assert {path: content for path, content in after.items() if path.name != ".lock"} == {
            path: content for path, content in before.items() if path.name != ".lock"
        }


@pytest.fixture
def readable_to_all():
    """tmp_path is private to the user who runs the tests; another user must be able to get to this one."""
    folder = Path(tempfile.mkdtemp(prefix="pgwright-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_an_ordinary_user(action: Callable[[], object]) -> object:
    if os.geteuid() == 0:
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    return action()


@pytest.mark.parametrize("action", [add_task, add_decision, check_writable, mend])
def test_a_read_only_folder_is_one_clear_error_and_can_still_be_read(readable_to_all, action):
    root = readable_to_all / "context"
    ContextStore(root).record(OLD)
    ContextStore(root).update_state(lambda state: state.update(active_agent="old"))
    for path in (readable_to_all, root, *root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    said = in_a_child(lambda: as_an_ordinary_user(lambda: action(root)))
    read = in_a_child(lambda: as_an_ordinary_user(lambda: ContextStore(root).decisions()[0].title))
    for path in (readable_to_all, root, *root.rglob("*")):
        path.chmod(0o755)
    assert said.startswith(f"cannot write {root}")
    assert "--project" in said
    assert read == "old"


def test_a_full_disk_is_noticed_before_the_work_begins(tmp_path):
    said = in_a_child(lambda: (forbid_growth(), check_writable(tmp_path / "context")))
    assert "Free some space" in said
    assert not (tmp_path / "context").exists()
