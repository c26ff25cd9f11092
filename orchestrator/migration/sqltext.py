"""Text that becomes SQL or Python source: what is let in, and how it is quoted."""

from __future__ import annotations

import re
import textwrap

from orchestrator.model.errors import UsageError
from orchestrator.pg.catalog import quoted

IDENTIFIER = r'(?:[a-z_][a-z0-9_$]*|"(?:[^"\x00-\x1f]|"")+")'
RELATION = re.compile(rf"(?:{IDENTIFIER}\.)?{IDENTIFIER}")
# A plain string, a quoted name, the start of a comment, or any other character.
LEXEME = re.compile(
    r"""(?P<quoted>'(?:[^'\\\x00-\x1f]|'')*'|"(?:[^"\x00-\x1f]|"")*")|(?P<comment>--|/\*)|(?P<char>.)""", re.DOTALL
)
MAX_IDENTIFIER_BYTES = 63
LINE = 120


def identifier(name: str) -> str:
    """A name as SQL needs it. Raises UsageError for one that no server could hold."""
    if not 1 <= len(name.encode()) <= MAX_IDENTIFIER_BYTES:
        raise UsageError(f"an identifier has 1 to {MAX_IDENTIFIER_BYTES} bytes, got {len(name.encode())}: {name!r}")
    if not name.isprintable():
        raise UsageError(f"an identifier must not hold control characters, got {name!r}")
    return quoted(name)


def relation(text: str) -> str:
    """`text` if it is one relation name as SQL writes it, with or without a schema. Raises UsageError otherwise."""
    if not RELATION.fullmatch(text):
        hint = 'Write it as SQL does, for example documents, app.documents or app."Documents".'
        raise UsageError(f"not a relation name: {text!r}", hint=hint)
    return text


def schema_of(text: str) -> str:
    """The schema part of a relation name with its dot, or nothing."""
    names = re.findall(IDENTIFIER, relation(text))
    return f"{names[0]}." if len(names) == 2 else ""


def fragment(text: str, *, what: str) -> str:
    """`text` if it stays one part of a statement: no second statement, no comment, quotes and brackets closed.

    Raises UsageError otherwise. Runs of white space outside quotes become one space.
    """
    depth = 0
    for found in LEXEME.finditer(text):
        depth += {"(": 1, ")": -1}.get(found["char"] or "", 0)
        if found["comment"] or depth < 0 or (found["char"] or " ") in "';\"$\\\x00":
            raise UsageError(f"{what} must be one plain SQL expression, got {text!r}")
    if depth or not text.strip():
        raise UsageError(f"{what} must be one plain SQL expression, got {text!r}")
    return re.sub(r"""('[^']*'|"[^"]*")|\s+""", lambda found: found[1] or " ", text).strip()


def for_op_execute(sql: str) -> str:
    """`sql` for op.execute, which reads `:name` as a parameter: such colons are escaped."""
    return re.sub(r"(?<![:\w\\]):(?=\w)", r"\\:", sql)


def call(function: str, text: str, *, indent: int, quote: str) -> str:
    """`function("text")` as Python source at `indent`, over several lines where one would be too long."""
    short = f"{function}({literal(text, quote=quote)})"
    if indent + len(short) <= LINE:
        return short
    for width in (100, 80, 60, 40, 20):
        parts = textwrap.wrap(text, width, drop_whitespace=False, replace_whitespace=False, break_on_hyphens=False)
        lines = [" " * (indent + 4) + literal(part, quote=quote) for part in parts]
        if max(map(len, lines)) <= LINE:
            break
    return "\n".join([f"{function}(", *lines, " " * indent + ")"])


def literal(text: str, *, quote: str = '"') -> str:
    """`text` as one Python string literal, in the other quote when that saves the escapes."""
    other = "'" if quote == '"' else '"'
    mark = other if quote in text and other not in text else quote
    return mark + "".join(_escaped(char, mark) for char in text) + mark


def _escaped(char: str, mark: str) -> str:
    if char in ("\\", mark):
        return "\\" + char
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def docstring(paragraphs: list[str]) -> str:
    """Paragraphs for a docstring: wrapped, and unable to end it."""
    blocks = []
    for paragraph in paragraphs:
        plain = "".join(char if char.isprintable() else " " for char in paragraph)
        safe = plain.replace("\\", "\\\\").replace('"""', "'''").strip()
        hang = "  " if safe.startswith("- ") else ""
        blocks.append("\n".join(textwrap.wrap(safe, LINE - 4, subsequent_indent=hang, break_on_hyphens=False)))
    return "\n\n".join(block for block in blocks if block).replace("\n\n- ", "\n- ")
