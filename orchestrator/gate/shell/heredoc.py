"""Here-documents: the delimiter, the lines up to it."""

from __future__ import annotations

from orchestrator.gate.shell.lexer import END, escaped
from orchestrator.gate.shell.nodes import Literal, Quoted, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.shell.lexer import Pending
    from orchestrator.gate.shell.words import Words


def delimiter(word: Word, source: str) -> tuple[str, bool]:
    """The line that ends the here-document, and whether quotes in it keep the body as it is."""
    quoted = any(mark in source for mark in "\\'\"") and any(type(part) is not Literal for part in word.parts)
    texts = [part.text for part in word.parts if type(part) is Literal or type(part) is Quoted]
    if len(texts) == len(word.parts):
        return "".join(texts), quoted
    # <<"$x" and <<$(y) stand for themselves.
    return source.replace('"', "").replace("'", "").replace("\\", ""), quoted


def read(words: Words, document: Pending) -> None:
    """Fills in the body, which begins at the position, and moves behind its delimiter."""
    body = _body(words, document)
    if document.quoted or not any(mark in body for mark in "$`\\"):
        document.redirect.body = Word([Quoted(body)])
    else:
        document.redirect.body = words.read_later(body)


def _body(words: Words, document: Pending) -> str:
    """The lines up to the first that begins with the delimiter, if it is nothing else."""
    text = words.text
    start = words.pos
    # A line end stands before every body.
    last = text.find("\n" + document.delimiter, start - 1) + 1
    end = last + len(document.delimiter)
    body = text[start:last]
    if not last or document.tabs or text[end] not in "\n" + END or (not document.quoted and "\\\n" in body):
        return _by_lines(words, document)
    words.pos = end + (text[end] == "\n")
    return body


def _by_lines(words: Words, document: Pending) -> str:
    lines: list[str] = []
    text = words.text
    while text[words.pos] != END:
        start = words.pos
        end = _line_end(words, document.quoted)
        line = text[start:end]
        if document.tabs:
            line = line.lstrip("\t")
        if _ends(words, document, line, end):
            break
        lines.append(line)
        lines.append(text[end])
        words.pos = end + (text[end] == "\n")
    return "".join(lines).rstrip(END)


def _line_end(words: Words, quoted: bool) -> int:
    """Where the line at the position ends; a backslash continues it unless the delimiter was quoted."""
    end = words.line_end(words.pos)
    while not quoted and words.text[end] != END and escaped(words.text, end, words.pos):
        end = words.line_end(end + 1)
    return end


def _ends(words: Words, document: Pending, line: str, end: int) -> bool:
    """Whether the line is the delimiter; then the position is moved behind it."""
    if not document.quoted and "\\\n" in line:
        line = line.replace("\\\n", "")
    if line == document.delimiter:
        words.pos = end + (words.text[end] == "\n")
        return True
    rest = len(line) - len(document.delimiter)
    # bash lets "EOF)" end both the here-document and the substitution that it stands in.
    if words.substitutions and line.startswith(document.delimiter) and ")" in line[-rest:]:
        words.pos = end - rest
        return True
    return False
