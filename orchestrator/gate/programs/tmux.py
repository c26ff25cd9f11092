"""tmux: the command line of a new window, and keys that are typed into one."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SHORT = "c:e:f:F:L:n:s:S:t:T:x:y:l:p:I:N:d:"
KEYS = ("send-keys", "send", "paste-buffer", "set-buffer")
STARTS = (
    "new-session", "new", "new-window", "neww", "split-window", "splitw", "respawn-pane", "respawn-window",
    "respawnp", "respawnw", "run-shell", "run", "if-shell", "if", "pipe-pane", "pipep", "popup", "display-popup",
)  # fmt: skip


def read(call: Call) -> None:
    outer = parse(call.args, short="c:f:L:S:T:", stop=True)
    name, words = (outer.rest[0], outer.rest[1:]) if outer.rest else ("", [])
    options = parse(words, short=SHORT.replace("d:", ""), stop=True)
    if name in KEYS:
        typed = [word for word in options.rest if word not in ("Enter", "C-m", "KPEnter", "C-j")]
        if typed:
            call.shell(" ".join(typed))
    elif name in STARTS and options.rest:
        call.shell(" ".join(options.rest))
