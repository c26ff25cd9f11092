"""The header as YAML that keeps comments, order and quotes when it is written again."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

_WIDTH = 1 << 20  # no value is broken over lines that was not


def load(text: str) -> CommentedMap:
    from ruamel.yaml.comments import CommentedMap

    loaded = _yaml().load(text)
    return loaded if isinstance(loaded, CommentedMap) else CommentedMap()


def dump(header: Mapping[str, Any]) -> str:
    out = io.StringIO()
    _yaml().dump(header, out)
    return out.getvalue()


def _yaml() -> YAML:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.version = None
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
