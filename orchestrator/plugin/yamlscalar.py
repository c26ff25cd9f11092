"""What a plain YAML text means by the core schema of YAML 1.2, which the client reads by.

`yes` and `on` are texts there, and so are dates and `1:30`. YAML 1.1, which many other tools read by, has them as
booleans, dates and numbers.
"""

from __future__ import annotations

import math
import re

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL_OR_HEXADECIMAL = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z")
_NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})
# More digits than a number of the client can hold are kept as text.
_DIGITS = 300
_DIFFERS = re.compile(
    r"""(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF        # booleans
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?              # dates and times
    |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?        # 1:30 is 90 there
    |[-+]?[0-9]+(?:_[0-9]+)+|0[0-7]+|0b[01_]+|0o[0-7]+)\Z    # 1_000, and 017 is 15
    """,
    re.VERBOSE,
)

Scalar = str | int | float | bool | None


def value(text: str) -> Scalar:
    """What an unquoted `text` is read as."""
    for words, meant in ((_NULL, None), (_TRUE, True), (_FALSE, False)):
        if text in words:
            return meant
    return _number(text)


def differs(text: str) -> bool:
    """Whether readers of YAML 1.1 take an unquoted `text` for something else than the client does."""
    return _DIFFERS.match(text) is not None


def _number(text: str) -> Scalar:
    if len(text) > _DIGITS:
        return text
    if _WHOLE.match(text):
        return int(text)
    if _OCTAL_OR_HEXADECIMAL.match(text):
        return int(text, 0)
    if _DECIMAL.match(text):
        return float(text)
    if _INFINITE.match(text):
        return -math.inf if text.startswith("-") else math.inf
    return math.nan if text in _NOT_A_NUMBER else text
