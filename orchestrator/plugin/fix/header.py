"""The header as YAML that keeps comments, order and quotes when it is written again."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from orchestrator.plugin.fix.draft import Unmendable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

_WIDTH = 1 << 20  # no value is broken over lines that was not


def load(text: str) -> CommentedMap:
    """Raises Unmendable for what the library does not read."""
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import YAMLError

    try:
        loaded = _yaml().load(text)
    except (YAMLError, RecursionError) as error:
        raise Unmendable(str(error)) from error
    return loaded if isinstance(loaded, CommentedMap) else CommentedMap()


def comments(node: object) -> list[str]:
    """The comments in a header, one line each."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.tokens import CommentToken

    found: list[str] = []
    seen: set[tuple[int, int]] = set()

    def walk(each: object) -> None:
        if isinstance(each, CommentToken):
            # A comment after a flow list is kept with the list and with its key.
            at = (each.start_mark.line, each.start_mark.column)
            if at in seen:
                return
            seen.add(at)
            found.extend(line.strip() for line in each.value.splitlines() if line.strip().startswith("#"))
        elif isinstance(each, CommentedMap | CommentedSeq):
            walk([each.ca.comment, list(each.ca.items.values()), each.ca.end])
            walk(list(each.values() if isinstance(each, CommentedMap) else each))
        elif isinstance(each, list | tuple):
            for part in each:
                walk(part)

    walk(node)
    return found


def dump(header: Mapping[str, Any]) -> str:
    """Raises Unmendable for what the library cannot write."""
    from ruamel.yaml.error import YAMLError

    out = io.StringIO()
    try:
        _yaml().dump(header, out)
    # It stumbles over the comment of a block text that something else has taken the place of.
    except (YAMLError, RecursionError, AttributeError) as error:
        raise Unmendable(str(error)) from error
    return out.getvalue()


def _yaml() -> YAML:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.version = None
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
