"""Nx, Turborepo and Lerna: targets of many packages, known by their names."""

from __future__ import annotations

from orchestrator.gate.migration import scan
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "-t --target --targets -p --project --projects -c --configuration --filter -F --scope --ignore --since --base "
    "--head --concurrency --parallel --cache-dir --env-mode --log-order --output-logs --cwd --include --exclude"
)
OWN = frozenset(
    "generate g add graph format format:check format:write reset report list login migrate link prune gen publish "
    "version clean init create import show".split()
)


def read(call: Call) -> None:
    line = scan(call.args, VALUED)
    for name in (line.last("-t", "--target", "--targets") or "").split(","):
        unread(call, name)
    words = [word for word in line.operands if word not in ("run", "run-many", "affected", "exec")]
    # `nx migrate latest` updates Nx itself.
    if not words or line.operands[0] in OWN:
        return
    unread(call, words[0].partition("#")[2] or words[0])
