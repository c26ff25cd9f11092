"""rsync copies files; with --delete it removes what the source does not have."""

from __future__ import annotations

from orchestrator.gate import storage
from orchestrator.gate.options import parse
from orchestrator.gate.stores import verbs
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    **verbs.valued(
        "rsh rsync-path exclude include filter exclude-from include-from files-from backup-dir suffix "
        "compare-dest copy-dest "
        "link-dest max-size min-size bwlimit port log-file log-file-format out-format password-file temp-dir "
        "partial-dir chmod "
        "chown usermap groupmap timeout contimeout block-size max-delete modify-window compress-level iconv "
        "checksum-choice "
        "checksum-seed skip-compress info debug address sockopts write-batch read-batch protocol early-input max-alloc"
    ),
    "dry-run": "n", "delete": "delete",
}  # fmt: skip


def read(call: Call) -> None:
    found = parse(call.args, "e:f:B:T:M:@:", _LONG)
    if found.has("n", "list-only", "help", "version") or len(found.operands) < 2:
        return
    for shell in found.values("rsh", "e"):
        call.run([*shell.split(), "host", "rsync"])
    for command in found.values("rsync-path"):
        call.run(["sh", "-c", command], remote=True)
    target = found.operands[-1]
    there = ":" in target.partition("/")[0]
    if not there:
        _written(call, found.operands[:-1], target)
    if any(name.startswith("delete") for name, _ in found.given) or found.has("del"):
        _emptied(call, target, there)


def _emptied(call: Call, target: str, there: bool) -> None:
    """What the source does not have is removed from the target; there, only names tell what it is."""
    if not there:
        storage.removed(call, target, recursive=not storage.whole_system(target))
    elif storage.data_directory(target.partition(":")[2], lambda _: False):
        call.effect("remove-data-directory")


def _written(call: Call, sources: list[str], target: str) -> None:
    many = len(sources) > 1 or target.endswith("/") or call.is_folder(target)
    for source in sources:
        name = source.rstrip("/").rpartition("/")[2]
        if source.endswith("/"):  # what is in it, not the folder itself
            found = [] if ":" in source.partition("/")[0] else call.files(source + "*")
            for path in found:
                call.wrote(target.rstrip("/") + path[path.rindex("/") :], UNKNOWN)
            if not found:
                call.filled(target)
        text = call.read(source)
        call.wrote(target.rstrip("/") + "/" + name if many else target, UNKNOWN if text is None else text)
