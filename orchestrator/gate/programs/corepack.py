"""Corepack: starts the package manager that is named."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = [word for word in call.args if word != "--"]
    if words and words[0].partition("@")[0] in ("npm", "npx", "pnpm", "pnpx", "yarn", "yarnpkg"):
        call.run([words[0].partition("@")[0], *words[1:]])
