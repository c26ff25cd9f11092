"""uv: `uv run` starts a program of the project's environment, `uv tool run` that of a package."""

from __future__ import annotations

from orchestrator.gate.launch import front, program
from orchestrator.gate.task import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.launch import Front


VALUED = (
    "--extra --no-extra --group --no-group --only-group --env-file --with --with-editable --with-requirements -p "
    "--python --package --directory --project --index --default-index -i --index-url --extra-index-url -f --find-links "
    "-P --upgrade-package --cache-dir --config-file --color --python-platform --resolution --link-mode "
    "--refresh-package --reinstall-package -C --config-setting --exclude-newer --index-strategy --keyring-provider "
    "--allow-insecure-host --prerelease --fork-strategy --no-build-package --no-binary-package "
    "--no-build-isolation-package -w --from -c --constraints --overrides"
)


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    folder = outer.last("--directory")
    if outer.rest[:1] == ["run"]:
        _run(call, front(outer.rest[1:], VALUED), folder)
    elif outer.rest[:2] == ["tool", "run"]:
        tool(call, outer.rest[2:])


def _run(call: Call, inner: Front, folder: str) -> None:
    folder = inner.last("--directory") or folder
    words = inner.rest
    if inner.has("-m", "--module"):
        start(call, ["python", "-m", *words], folder)
    elif inner.has("-s", "--script", "--gui-script") or words[:1] == ["-"]:
        start(call, ["python", *words], folder)
    else:
        program(call, words, folder)


def tool(call: Call, args: list[str]) -> None:
    """`uvx PROGRAM@VERSION`"""
    found = front(args, VALUED)
    if found.rest:
        program(call, [found.rest[0].partition("@")[0], *found.rest[1:]])
