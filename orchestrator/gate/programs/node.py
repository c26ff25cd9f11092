"""Node.js: program text and scripts."""

from __future__ import annotations

from orchestrator.gate.code import judge, launch
from orchestrator.gate.options import parse
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "eval=": "e",
    "print=": "e",
    "require=": "r",
    "import=": "r",
    "loader=": "r",
    "experimental-loader=": "r",
    "input-type=": "input-type",
    "conditions=": "C",
    "env-file=": "env-file",
    "title=": "title",
    "run=": "run",
    "watch-path=": "watch-path",
    "project=": "P",
    "tsconfig=": "P",
    "compiler-options=": "O",
    "test": "test",
    "help": "help",
    "version": "version",
    "check": "c",
}


def read(call: Call) -> None:
    args = ["-p" if word in {"-pe", "-ep"} else word for word in call.args]
    found = parse(args, "e:p:r:C:P:O:", LONG, stop=True)
    if found.has("test", "help", "version", "v", "h", "c"):
        return
    if found.has("run"):
        call.run(["npm", "run", found.last("run"), "--", *found.rest])
        return
    for path in found.values("r"):
        if path.startswith(("./", "/", "../")):
            script(call, [path])
    texts = found.values("e", "p")
    if texts:
        launch.text(call, "javascript", texts, ["", *found.rest])
    else:
        script(call, found.rest)


def script(call: Call, words: list[str]) -> None:
    """Judges a script by its path, which may lack its suffix."""
    if words and is_known(words[0]) and words[0] != "-":
        for suffix in ("", ".js", ".mjs", ".cjs", ".ts", "/index.js"):
            text = call.read(words[0].rstrip("/") + suffix)
            if text is not None and not launch.known_program(words[0]):
                judge.judge(call, "javascript", text, True, words[1:], words[0] + suffix)
                return
    launch.words(call, "javascript", words)
